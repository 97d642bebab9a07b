/**
 * Tells of one run from its start to its end, through as many workers as it takes.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BorgError } from '@borgledger/domain'
import type { RunReport, RunRequest, StopRung } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { concat, defer, type Observable, of, Subject } from 'rxjs'
import { type Attachment, type Attended, attach } from './attachment.js'
import { removeBorgTmp } from './borg-tmp.js'
import { evidenceOf } from './evidence/evidence.js'
import { notBegun } from './evidence/not-begun.js'
import type { VersionReader } from './executable.js'
import type { SuperviseTask, ToWorker } from './messages.js'
import type { RunnerOptions } from './options.js'
import type { WorkerPool } from './pool.js'
import { prepare } from './prepare/prepare.js'
import { runDir } from './run-dir.js'
import { within } from './within.js'

export interface TellingDeps {
  readonly options: RunnerOptions
  readonly pool: WorkerPool
  readonly versionOf: VersionReader
  /** Called before the last report: whoever asks for the run from then on is told by another telling. */
  readonly ended: () => void
}

type Start = SuperviseTask['start']

/** So many workers a run may take with it before it was ever started; one that was is followed for as long as it takes. */
const attemptsMax = 5
const backOffMsMax = 30_000
const leaveMsMax = 5_000

export class Telling {
  readonly #deps: TellingDeps
  readonly #request: RunRequest
  /** May the process be started, or only ever be followed? */
  readonly #mayStart: boolean
  readonly #subject = new Subject<RunReport>()
  readonly #leaving = new AbortController()
  /** Aborted when a stop is asked for: a run of which nothing was begun need not wait for a worker to be told so. */
  readonly #stopping = new AbortController()
  readonly #done: Promise<void>
  #spawned: RunReport | null = null
  #attachment: Attachment | null = null
  #stop: Extract<ToWorker, { tag: 'Stop' }> | null = null

  constructor(deps: TellingDeps, request: RunRequest, mayStart: boolean) {
    this.#deps = deps
    this.#request = request
    this.#mayStart = mayStart
    this.#done = this.#tell().catch((error: unknown) => {
      deps.ended()
      this.#subject.error(error)
    })
  }

  /** A late subscriber hears first of the spawn. Completes after `Ended`, or without it when the runner closes. */
  get reports(): Observable<RunReport> {
    return defer(() => (this.#spawned === null ? this.#subject : concat(of(this.#spawned), this.#subject)))
  }

  stop(ladder: ReadonlyArray<StopRung>): void {
    this.#stop = { tag: 'Stop', ladder, climbed: 0 }
    this.#attachment?.send(this.#stop)
    this.#stopping.abort()
  }

  /** Lets go of the run. */
  async leave(): Promise<void> {
    this.#leaving.abort()
    this.#attachment?.send({ tag: 'Leave' })
    await within(this.#done, leaveMsMax)
  }

  async #tell(): Promise<void> {
    const last = await this.#conclude(await this.#attended())
    this.#deps.ended()
    if (last !== null) this.#sayLast(last)
    this.#subject.complete()
  }

  /** That it was heard is kept, at once: whoever heard it may close us and remove everything. */
  #sayLast(last: RunReport): void {
    const heard = this.#subject.observed
    this.#subject.next(last)
    if (!heard) return
    try {
      writeFileSync(runDir(this.#deps.options.dataDir, this.#request.runId).told, '', { mode: 0o600 })
    } catch {
      // Then the run's folder stays for longer.
    }
  }

  /** A worker is waited for, and waited for again, for as long as there is a run to start or to follow. */
  async #attended(): Promise<Attended> {
    for (let lost = 1; ; lost += 1) {
      const wait = await this.#workerOr(lost > 1)
      if (wait !== null) return wait
      const start = await this.#start(lost > 1)
      if (E.isLeft(start)) return { tag: 'NotStarted', ...start.left }
      const attended = await this.#attend(start.right)
      if (attended.tag !== 'Lost') return attended
      const { runId } = this.#request
      this.#deps.options.log?.warn({ runId, lost }, `a worker was lost: ${attended.message}`)
      if (lost >= attemptsMax && !this.#wasStarted()) return { tag: 'NotStarted', msgid: null, message: attended.message }
      await sleep(Math.min(backOffMsMax, 50 * 2 ** lost), undefined, { signal: this.#leaving.signal }).catch(() => {})
    }
  }

  /** Null once there is a worker. */
  async #workerOr(again: boolean): Promise<Attended | null> {
    const mayHaveBegun = again || !this.#mayStart || this.#wasStarted()
    const { signal } = this.#leaving
    const ready = await this.#deps.pool.ready(mayHaveBegun ? signal : AbortSignal.any([signal, this.#stopping.signal]))
    if (ready) return null
    if (this.#stop === null || mayHaveBegun || signal.aborted) return { tag: 'Left' }
    return { tag: 'NotStarted', msgid: null, message: 'it was stopped before anything was begun' }
  }

  /** Left: why the run cannot begin. Null: there is nothing to start. */
  async #start(again: boolean): Promise<E.Either<BorgError, Start>> {
    if (!this.#mayStart || this.#wasStarted()) return E.right(null)
    return prepare(this.#deps.options, this.#request, again)
  }

  async #attend(start: Start): Promise<Attended> {
    if (this.#leaving.signal.aborted) return { tag: 'Left' }
    this.#attachment = attach(this.#deps.pool, this.#deps.options, this.#request, start, (report) => this.#hear(report))
    if (this.#stop !== null) this.#attachment.send(this.#stop)
    const attended = await this.#attachment.attended
    this.#attachment = null
    return attended
  }

  /** The next worker says again what this one said of the spawn, and goes on climbing where this one was. */
  #hear(report: RunReport): void {
    if (report.tag === 'Spawned' && this.#spawned !== null) return
    if (report.tag === 'Spawned') this.#spawned = report
    if (report.tag === 'Signalled' && this.#stop !== null) this.#stop = { ...this.#stop, climbed: report.rung.rung }
    this.#subject.next(report)
  }

  async #conclude(attended: Attended): Promise<RunReport | null> {
    const { options, versionOf } = this.#deps
    if (attended.tag === 'Ended' || attended.tag === 'NotStarted') await removeBorgTmp(options.dataDir, this.#request.runId)
    switch (attended.tag) {
      case 'Ended': {
        const evidence = await evidenceOf({ options, versionOf }, this.#request, attended.ending)
        return { tag: 'Ended', evidence, logBytes: attended.ending.logBytes }
      }
      case 'NotStarted':
        return { tag: 'Ended', evidence: await notBegun(options, this.#request, attended), logBytes: null }
      case 'Left':
      case 'Lost':
        return null
    }
  }

  #wasStarted(): boolean {
    return existsSync(runDir(this.#deps.options.dataDir, this.#request.runId).started)
  }
}
