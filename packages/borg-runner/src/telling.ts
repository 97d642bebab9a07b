/**
 * Tells of one run from its start to its end, through as many workers as it takes.
 */
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunReport, RunRequest, StopRung } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { concat, defer, type Observable, of, Subject } from 'rxjs'
import { createArgv } from './argv.js'
import { type Attachment, type Attended, attach } from './attachment.js'
import { borgEnvironment } from './environment.js'
import { evidenceOf, notBegun } from './evidence.js'
import { executableOf, type versionReader } from './executable.js'
import type { SuperviseTask } from './messages.js'
import type { RunnerOptions } from './options.js'
import type { WorkerPool } from './pool.js'
import { runDir } from './run-dir.js'
import { passphraseOf } from './secret.js'

export interface Telling {
  /** A late subscriber hears first of the spawn. Completes after `Ended`, or without it when the runner closes. */
  readonly reports: Observable<RunReport>
  readonly stop: (ladder: ReadonlyArray<StopRung>) => void
  /** Lets go of the run. */
  readonly leave: () => Promise<void>
}

export interface TellingDeps {
  readonly options: RunnerOptions
  readonly pool: WorkerPool
  readonly versionOf: ReturnType<typeof versionReader>
}

type Start = SuperviseTask['start']

const attemptsMax = 5
const backOffMsMax = 30_000
const leaveMsMax = 5_000

/** `mayStart` false: only ever follow. `ended` is called once nothing more will be told. */
export const tellOf = (deps: TellingDeps, request: RunRequest, mayStart: boolean, ended: () => void): Telling => {
  const { options, pool, versionOf } = deps
  const subject = new Subject<RunReport>()
  const run = runDir(options.dataDir, request.runId)
  let spawned: RunReport | null = null
  let attachment: Attachment | null = null
  let order: { readonly ladder: ReadonlyArray<StopRung>; readonly climbed: number } | null = null
  const leaving = new AbortController()

  const hear = (report: RunReport): void => {
    if (report.tag === 'Spawned' && spawned !== null) return
    if (report.tag === 'Spawned') spawned = report
    if (report.tag === 'Signalled' && order !== null) order = { ...order, climbed: report.rung.rung }
    subject.next(report)
  }
  const startOf = async (): Promise<E.Either<string, Start>> => {
    if (!mayStart || existsSync(run.started)) return E.right(null)
    const passphrase = await passphraseOf(options, request.repository)()
    return E.isLeft(passphrase) ? passphrase : E.right(startWith(options, request, passphrase.right))
  }
  const attend = async (start: Start): Promise<Attended> => {
    if (leaving.signal.aborted) return { tag: 'Left' }
    attachment = attach(pool, options, request, start, hear)
    if (order !== null) attachment.send({ tag: 'Stop', ...order })
    const attended = await attachment.attended
    attachment = null
    return attended
  }
  const conclude = async (attended: Attended): Promise<RunReport | null> => {
    if (attended.tag === 'Left' || attended.tag === 'Lost') return null
    const evidence =
      attended.tag === 'Ended'
        ? await evidenceOf(options, request, attended.ending, await versionOf(request.repository))
        : await notBegun(request, { msgid: attended.msgid, message: attended.message })
    return { tag: 'Ended', evidence, logBytes: attended.tag === 'Ended' ? attended.ending.logBytes : null }
  }
  const tellAll = async (): Promise<RunReport | null> => {
    for (let lost = 0; ; lost += 1) {
      const start = await startOf()
      if (E.isLeft(start)) return conclude({ tag: 'NotStarted', msgid: 'PasscommandFailure', message: start.left })
      const attended = await attend(start.right)
      if (attended.tag !== 'Lost') return conclude(attended)
      options.log?.warn({ runId: request.runId, lost: lost + 1 }, `a worker was lost: ${attended.message}`)
      if (lost + 1 >= attemptsMax && !existsSync(run.started))
        return conclude({ tag: 'NotStarted', msgid: null, message: attended.message })
      await sleep(Math.min(backOffMsMax, 100 * 2 ** lost), undefined, { signal: leaving.signal }).catch(() => {})
    }
  }

  /** Whoever asks for this run from now on is told by another telling, so `ended` comes before the last report. */
  const close = (last: RunReport | null): void => {
    ended()
    if (last !== null) subject.next(last)
    subject.complete()
  }
  const done = tellAll().then(close, (error: unknown) => {
    ended()
    subject.error(error)
  })
  return {
    reports: defer(() => (spawned === null ? subject : concat(of(spawned), subject))),
    stop: (ladder) => {
      order = { ladder, climbed: 0 }
      attachment?.send({ tag: 'Stop', ...order })
    },
    leave: async () => {
      leaving.abort()
      attachment?.send({ tag: 'Leave' })
      await Promise.race([done, sleep(leaveMsMax, undefined, { ref: false })])
    },
  }
}

const startWith = (options: RunnerOptions, request: RunRequest, passphrase: string | null): NonNullable<Start> => {
  const { sshLog } = runDir(options.dataDir, request.runId)
  return {
    argv: [executableOf(options, request.repository), ...createArgv(request.repository.location, request.work)],
    env: borgEnvironment(options, request.repository, { token: request.runId, sshLog }),
    passphrase,
  }
}
