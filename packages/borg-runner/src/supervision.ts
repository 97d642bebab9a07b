/**
 * The life of one run as the worker sees it: read the spool, tell, look whether the processes are gone, until they are.
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import { createReport } from './lines/report.js'
import type { FromWorker, RunEnding, SuperviseTask, ToWorker } from './messages.js'
import { readIdentity } from './process/identity.js'
import { climb } from './process/ladder.js'
import { livenessOf } from './process/liveness.js'
import type { RunDir } from './run-dir.js'
import { type Follower, followSpool } from './spool/follower.js'
import { readTail, type Tail } from './spool/tail.js'

type Say = (message: FromWorker) => void

const startingMs = 20
const probeEveryMs = 1_000
const aliveEveryMs = 5_000
const textBytesMax = 4 * 1024 * 1024

/** `wrapper`: the shell that starts the run, when it was started here. */
export const supervision = async (run: RunDir, task: SuperviseTask, wrapper: ChildProcess | null, say: Say): Promise<void> => {
  const kept = readTail(run.tail)
  if (kept.ended !== null) return say({ tag: 'Ended', ending: endingOf(run, kept) })
  const follower = followSpool(run, task)
  const desk = takeOrders(run, task, follower, say)
  try {
    if (task.start !== null && wrapper !== null) follower.note('INFO', `run ${task.runId}: ${task.start.argv.join(' ')}`)
    const over = await untilOver({ run, task, wrapper, follower, desk, say })
    if (!over) return say({ tag: 'Left' })
    if (!existsSync(run.started)) return say({ tag: 'NotStarted', message: notStarted(follower) })
    say({ tag: 'Ended', ending: endingOf(run, finish(run, follower)) })
  } finally {
    desk.close()
    follower.close()
  }
}

interface Watch {
  readonly run: RunDir
  readonly task: SuperviseTask
  readonly wrapper: ChildProcess | null
  readonly follower: Follower
  readonly desk: Desk
  readonly say: Say
}

/** False when we were told to leave before the end. */
const untilOver = async (watch: Watch): Promise<boolean> => {
  const { run, task, follower, desk, say } = watch
  const isOver = overWatch(watch)
  let spawned = false
  let aliveAtMs = 0
  for (;;) {
    const over = await isOver()
    spawned ||= sayIdentity(run, say)
    do {
      const told = follower.told(Date.now())
      if (told !== null) say({ tag: 'Progressed', ...told })
      await breathe()
    } while (follower.drain(false))
    if (over) return true
    if (desk.toldToLeave()) return false
    if (performance.now() - aliveAtMs >= aliveEveryMs) {
      say({ tag: 'Alive' })
      aliveAtMs = performance.now()
    }
    await desk.rest(spawned ? task.tailMs : Math.min(startingMs, task.tailMs))
  }
}

const sayIdentity = (run: RunDir, say: Say): boolean => {
  const process = readIdentity(run.pid)
  if (process !== null) say({ tag: 'Spawned', process })
  return process !== null
}

/** Are the processes gone? Asked before the spool is read, so that nothing said before the end is missed. */
const overWatch = ({ run, wrapper }: Watch): (() => Promise<boolean>) => {
  let probeAtMs = 0
  return async () => {
    if (existsSync(run.exit)) return true
    if (wrapper !== null && wrapper.exitCode === null && wrapper.signalCode === null) return false
    if (performance.now() < probeAtMs) return false
    probeAtMs = performance.now() + probeEveryMs
    return (await livenessOf(run)) === 'gone'
  }
}

interface Desk {
  readonly toldToLeave: () => boolean
  /** Ends early when there is an order. */
  readonly rest: (msMax: number) => Promise<void>
  readonly close: () => void
}

/** Orders from the main thread: a stop climbs beside the reading, for the reading shows it the checkpoint. */
const takeOrders = (run: RunDir, task: SuperviseTask, follower: Follower, say: Say): Desk => {
  const closed = new AbortController()
  let leave = false
  let wake = (): void => {}
  let climbing = false
  const stop = async ({ ladder, climbed }: ToWorker & { tag: 'Stop' }): Promise<void> => {
    if (climbing) return
    climbing = true
    const process = await knownIdentity(run, closed.signal)
    if (process !== null)
      await climb({
        process,
        ladder,
        climbed,
        commits: () => follower.seen().commits,
        signalled: (rung) => {
          say({ tag: 'Signalled', rung })
          follower.note('WARNING', `${rung.signal} sent to borg${rung.target === 'group' ? ' and its group' : ''}`)
        },
      })
    climbing = false
    wake()
  }
  task.port.on('message', (order: ToWorker) => {
    if (order.tag === 'Leave') leave = true
    else void stop(order)
    wake()
  })
  return {
    toldToLeave: () => leave,
    rest: async (msMax) => {
      const woken = new AbortController()
      wake = () => woken.abort()
      await sleep(msMax, undefined, { signal: woken.signal }).catch(() => {})
    },
    close: () => closed.abort(),
  }
}

/** A stop can come before borg has a pid; it waits for it. Null when the run is over before. */
const knownIdentity = async (run: RunDir, closed: AbortSignal): Promise<ReturnType<typeof readIdentity>> => {
  for (;;) {
    const process = readIdentity(run.pid)
    if (process !== null || closed.aborted) return process
    await sleep(startingMs)
  }
}

const finish = (run: RunDir, follower: Follower): Tail => {
  const code = textOf(run.exit).trim()
  const exitCode = /^\d+$/.test(code) ? Number(code) : follower.seen().exitCode
  const made = createReport(textOf(run.stdout))
  const ssh = textOf(run.sshLog).trim()
  const lastWords = [
    ...(ssh === '' ? [] : [`ssh: ${ssh.slice(-4_096)}`]),
    ...(made === null ? [] : [`archive ${made.archive.name}: ${made.archive.files} files, ${made.archive.originalBytes} bytes`]),
    exitCode === null ? 'borg is gone and left no exit code' : `borg ended with exit code ${exitCode}`,
  ]
  return follower.finish(exitCode, lastWords)
}

const endingOf = (run: RunDir, tail: Tail): RunEnding => ({
  exitCode: tail.ended?.exitCode ?? null,
  logBytes: tail.ended?.logBytes ?? null,
  seen: tail.seen,
  report: createReport(textOf(run.stdout)),
})

const notStarted = (follower: Follower): string => {
  follower.drain(true)
  return follower.seen().words.join('\n') || 'the run was never started'
}

/** Empty when there is none, or more than anybody should write there. */
const textOf = (path: string): string => {
  try {
    return statSync(path).size > textBytesMax ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
