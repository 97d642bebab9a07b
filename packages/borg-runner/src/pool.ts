/**
 * The pool of workers: one thread that supervises every run, replaced as a whole when it is gone, again and again with growing pauses.
 *
 * Runs go on without it. It is started ahead of the first one: whether it can be started at all is to be known before a job is.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import type { Readiness } from '@borgledger/engine'
import { BehaviorSubject, defer, filter, firstValueFrom, fromEvent, type Observable, takeUntil } from 'rxjs'
import type { SuperviseTask } from './messages.js'
import type { RunnerLog } from './options.js'
import { startThread, type Thread } from './thread.js'
import { within } from './within.js'

export interface Lease {
  /** The worker is not to be trusted any more: the next task gets a new one. */
  readonly discard: (why: string) => void
}

const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.boot.mjs' : './worker.js', import.meta.url).href

const closeMsMax = 5_000
const pauseMsMax = 30_000
/** A worker that was there for less than this counts as one more failure, though it was loaded. */
const provenMs = 10_000

export class WorkerPool {
  readonly #filename: string
  readonly #log: RunnerLog | undefined
  readonly #readiness$ = new BehaviorSubject<Readiness>({ tag: 'NotReady', failures: 0, since: null, message: 'it is being started' })
  readonly #closing = new AbortController()
  #thread: Thread | null = null
  #begun = false
  #loadedAtMs = Number.POSITIVE_INFINITY
  #failures = 0
  #since: string | null = null

  /** `filename`: the URL of the module that exports `supervise` and `ready`. Nothing is started before somebody asks. */
  constructor(filename = entry, log?: RunnerLog) {
    this.#filename = filename
    this.#log = log
  }

  /** The present one, and every change; completes when the pool is closed. Who listens has a worker started. */
  get readiness$(): Observable<Readiness> {
    return defer(() => {
      this.#begin()
      return this.#readiness$
    })
  }

  /** Once there is a worker; false when the pool is closed or `signal` aborted before. */
  async ready(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false
    const isReady$ = this.readiness$.pipe(
      filter(({ tag }) => tag === 'Ready'),
      takeUntil(fromEvent(signal, 'abort')),
    )
    return (await firstValueFrom(isReady$, { defaultValue: null })) !== null
  }

  /**
   * Without a worker the task's port is closed, as it is when the worker dies later. Never tinypool's own abort signal: it would end the
   * thread and every other run's supervision with it.
   */
  supervise(task: SuperviseTask, transfer: ReadonlyArray<MessagePort>): Lease {
    const thread = this.#thread
    if (thread === null) task.port.close()
    else thread.supervise(task, transfer)
    return { discard: (why) => void thread?.end(why) }
  }

  /** Ends the thread; what it supervises goes on without it. */
  async close(): Promise<void> {
    this.#closing.abort()
    const ending = this.#thread?.end('it is closed')
    this.#readiness$.complete()
    if (ending !== undefined) await within(ending, closeMsMax)
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    this.#start()
  }

  #start(): void {
    if (this.#closing.signal.aborted) return
    try {
      this.#thread = startThread(this.#filename, { loaded: () => this.#loaded(), gone: (why) => void this.#replace(why) })
    } catch (error) {
      void this.#replace((error as Error).message)
    }
  }

  #loaded(): void {
    this.#loadedAtMs = performance.now()
    this.#readiness$.next({ tag: 'Ready' })
  }

  async #replace(message: string): Promise<void> {
    this.#thread = null
    if (this.#closing.signal.aborted) return
    const proven = performance.now() - this.#loadedAtMs >= provenMs
    this.#loadedAtMs = Number.POSITIVE_INFINITY
    this.#failures = proven ? 1 : this.#failures + 1
    if (this.#failures === 1) this.#since = new Date().toISOString()
    this.#readiness$.next({ tag: 'NotReady', failures: this.#failures, since: this.#since, message })
    this.#log?.warn({ failures: this.#failures }, `the worker that watches over runs is gone: ${message}`)
    const pauseMs = Math.min(pauseMsMax, 25 * 2 ** this.#failures)
    await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {})
    this.#start()
  }
}
