/**
 * The runner: real borg in processes of their own, supervised by workers that may die.
 */
import type { Runner, RunReport, RunRequest } from '@borgledger/engine'
import { Observable } from 'rxjs'
import { finishedArchivesOf } from './archives.js'
import { breakLock, lockHolders } from './break-lock.js'
import { callsUnderWay } from './calls.js'
import { versionReader } from './executable.js'
import type { RunnerOptions } from './options.js'
import { WorkerPool } from './pool.js'
import { preflight } from './preflight.js'
import { tracesOf } from './process/liveness.js'
import { createRepository, identify } from './repository.js'
import { runDir, safeId } from './run-dir.js'
import { sweep } from './sweep.js'
import { Telling } from './telling.js'

/** Needs `sh`, `flock` and `setsid` (util-linux) on the path, and Linux' /proc. One runner a data directory. */
export const borgRunner = (options: RunnerOptions): Runner => {
  const deps = { options, pool: new WorkerPool(options.worker, options.log), versionOf: versionReader(options) }
  const calls = callsUnderWay()
  const callOptions = { ...options, closing: calls.closing }
  const tellings = new Map<string, Telling>()
  const swept = sweep(options, Date.now())
  let closed = false

  /** Two tellings of one run would write its log twice over. */
  const tellingOf = (request: RunRequest, mayStart: boolean): Telling => {
    const known = tellings.get(request.runId)
    if (known !== undefined) return known
    if (closed) throw new Error('the runner is closed')
    safeId(request.jobId)
    const ended = (): void => void tellings.delete(request.runId)
    const telling = new Telling({ ...deps, ended }, request, mayStart)
    tellings.set(request.runId, telling)
    return telling
  }
  const reportsOf = (request: RunRequest, mayStart: boolean): Observable<RunReport> =>
    new Observable((subscriber) => tellingOf(request, mayStart).reports.subscribe(subscriber))

  return {
    readiness$: deps.pool.readiness$,
    preflight: (request) => preflight(options, request),
    run: (request) => reportsOf(request, true),
    follow: (request) => reportsOf(request, false),
    stop: (runId, ladder) => {
      const telling = tellings.get(runId)
      if (telling === undefined) options.log?.warn({ runId }, 'a stop was asked of a run that is not followed')
      else telling.stop(ladder)
    },
    inspect: (runId) => {
      const run = runDir(options.dataDir, runId)
      return () => tracesOf(run)
    },
    archives: (repository) => calls.during(finishedArchivesOf(callOptions, repository)),
    identify: (repository) => calls.during(identify(callOptions, repository)),
    create: (repository, encryption) => calls.during(createRepository(callOptions, repository, encryption)),
    lockHolders,
    breakLock: (repository) => calls.during(breakLock(callOptions, repository)),
    close: async () => {
      closed = true
      await calls.close()
      await Promise.all([...tellings.values()].map((telling) => telling.leave()))
      await Promise.all([deps.pool.close(), swept])
    },
  }
}
