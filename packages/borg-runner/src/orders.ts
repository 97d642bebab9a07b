/**
 * Orders from the main thread to a worker about one run: stop it, or let go of it. A stop climbs beside the reading of the spool, which shows
 * it the checkpoint.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessIdentity, SignalRung } from '@borgledger/domain'
import type { StopRung } from '@borgledger/engine'
import type { FromWorker, SuperviseTask, ToWorker } from './messages.js'
import { readIdentity } from './process/identity.js'
import { climb } from './process/ladder.js'
import type { RunDir } from './run-dir.js'
import type { SpoolFollower } from './spool/follower.js'

const pidEveryMs = 20

const sinkLadder: ReadonlyArray<StopRung> = [
  { signal: 'SIGTERM', target: 'process', waitMsMax: 2_000, untilCheckpoint: false },
  { signal: 'SIGKILL', target: 'group', waitMsMax: 5_000, untilCheckpoint: false },
]

type Heard = Pick<SuperviseTask, 'port' | 'reading'>

export class Orders {
  readonly #run: RunDir
  readonly #follower: SpoolFollower
  readonly #program: string
  readonly #say: (message: FromWorker) => void
  readonly #closed = new AbortController()
  #rested = (): void => {}
  #woken = false
  #climbing = false
  #leave = false

  constructor(run: RunDir, { port, reading }: Heard, follower: SpoolFollower, say: (message: FromWorker) => void) {
    this.#run = run
    this.#program = reading.program
    this.#follower = follower
    this.#say = say
    port.on('message', (order: ToWorker) => {
      if (order.tag === 'Leave') this.#leave = true
      else void this.#stop(order)
      this.wake()
    })
  }

  /** We were told to let go of the run. */
  get leave(): boolean {
    return this.#leave
  }

  /** Ends early when an order comes, a stop has come to its end, or somebody else wakes it; one that came meanwhile counts. */
  rest(msMax: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#woken = false
        this.#rested = () => {}
        resolve()
      }
      const timer = setTimeout(end, msMax)
      this.#rested = end
      if (this.#woken) end()
    })
  }

  wake(): void {
    this.#woken = true
    this.#rested()
  }

  close(): void {
    this.#closed.abort()
  }

  /** A ladder that is being climbed is climbed to its end first. */
  async #stop({ ladder, climbed }: Extract<ToWorker, { tag: 'Stop' }>): Promise<void> {
    if (this.#climbing) return
    this.#climbing = true
    const process = await this.#identity()
    const [commits, signalled] = [() => this.#follower.seen.commits, (rung: SignalRung) => this.#signalled(rung)]
    if (process !== null) await climb({ process, ladder, climbed, commits, signalled, abandoned: this.#closed.signal })
    await this.#stopSink()
    this.#climbing = false
    this.wake()
  }

  /** What takes borg's output away has nothing left to do, and may hang on a dead connection for long: it is no part of the ladder. */
  async #stopSink(): Promise<void> {
    const process = readIdentity(this.#run.sinkPid)
    if (process === null) return
    const signalled = ({ signal }: SignalRung): void => this.#follower.note('WARNING', `${signal} sent to what takes the output away`)
    await climb({ process, ladder: sinkLadder, climbed: 0, commits: () => 0, signalled, abandoned: this.#closed.signal })
  }

  /** A stop can come before borg has a pid; it waits for it. Null when the run is over before. */
  async #identity(): Promise<ProcessIdentity | null> {
    while (!this.#closed.signal.aborted) {
      const process = readIdentity(this.#run.pid)
      if (process !== null) return process
      await sleep(pidEveryMs)
    }
    return null
  }

  #signalled(rung: SignalRung): void {
    this.#say({ tag: 'Signalled', rung })
    this.#follower.interrupted()
    this.#follower.note('WARNING', `${rung.signal} sent to ${this.#program}${rung.target === 'group' ? ' and its group' : ''}`)
  }
}
