/**
 * A runner without any process: the engine's `Runner` port for tests. Its runs behave as scripted and outlive `close`, as real ones do,
 * so that one runner may serve an engine and the engine that is started after it.
 */
import { createHash } from 'node:crypto'
import type { ArchiveListed, Preflight, RepositoryAccess, RunEvidence, RunTraces } from '@borgledger/domain'
import type { Readiness, RepositoryIdentity, Runner, RunReport, RunRequest } from '@borgledger/engine'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { BehaviorSubject, from, type Observable, Subject, takeUntil } from 'rxjs'
import { preflight } from '../samples.js'
import { type Behaviour, goneOf } from './behaviour.js'
import { archivesAfter } from './scripted-archives.js'
import { type ScriptedRepository, type ScriptedRun, scriptedRun } from './scripted-run.js'

export interface ScriptedRunner extends Runner {
  /** By run id, in the order of their starts. */
  readonly runs: ReadonlyMap<string, ScriptedRun>
  /** Every run as its process starts, from now on. */
  readonly started$: Observable<ScriptedRun>
  /** The process ends, and leaves a report. */
  readonly finish: (runId: string, evidence: RunEvidence) => void
  /** The process is gone, without a report. */
  readonly vanish: (runId: string) => void
  readonly loseWorker: (runId: string) => void
  /** From now on runs would be watched over or not; they would, unless this says otherwise. */
  readonly becomes: (readiness: Readiness) => void
  /** From now on it cannot be seen whether the run's process lives. */
  readonly hide: (runId: string) => void
  /** May be replaced, by a look that does not come back. */
  preflight: Runner['preflight']
  /** May be replaced, by answers that are waited for or are none. */
  archives: Runner['archives']
  identify: Runner['identify']
  create: Runner['create']
  lockHolders: Runner['lockHolders']
  breakLock: Runner['breakLock']
  /** What the looks before the next runs see. */
  readonly seeBeforeRuns: (seen: Partial<Preflight>) => void
}

/** The first run behaves as the first of `behaviours`, and so on; the last serves for all that come after. Without any, all succeed. */
export const scriptedRunner = (...behaviours: ReadonlyArray<Behaviour>): ScriptedRunner => {
  const runs = new Map<string, ScriptedRun>()
  const hidden = new Set<string>()
  const archives = new Map<string, ReadonlyArray<ArchiveListed>>()
  const started$ = new Subject<ScriptedRun>()
  const closed$ = new Subject<void>()
  const readiness$ = new BehaviorSubject<Readiness>({ tag: 'Ready' })
  let seen = preflight()

  const archivesAt = (location: string | undefined): ReadonlyArray<ArchiveListed> => archives.get(location ?? '') ?? []
  const repositoryOf = ({ repository, work }: RunRequest): ScriptedRepository => ({
    archives: () => archivesAt(repository?.location),
    leave: (left) => void archives.set(repository?.location ?? '', archivesAfter(archivesAt(repository?.location), work, left)),
  })
  const start = (request: RunRequest): ScriptedRun => {
    const behaviour = behaviours[Math.min(runs.size, behaviours.length - 1)] ?? { does: 'succeed' }
    const run = scriptedRun(request, behaviour, 1_000 + runs.size, repositoryOf(request))
    runs.set(request.runId, run)
    started$.next(run)
    return run
  }
  const known = (runId: string): ScriptedRun => {
    const run = runs.get(runId)
    if (run === undefined) throw new Error(`no run ${runId} was started`)
    return run
  }
  const untilClosed = (telling: Observable<RunReport>): Observable<RunReport> => telling.pipe(takeUntil(closed$))
  const traces = (runId: string): RunTraces => (hidden.has(runId) ? unseen : (runs.get(runId)?.traces() ?? neverStarted))

  return {
    runs,
    started$: started$.asObservable(),
    readiness$: readiness$.asObservable(),
    becomes: (readiness) => readiness$.next(readiness),
    preflight: () => () => Promise.resolve(seen),
    run: (request) => untilClosed((runs.get(request.runId) ?? start(request)).tell),
    follow: (request) => untilClosed(runs.get(request.runId)?.tell ?? nothingFound(request)),
    stop: (runId, ladder) => runs.get(runId)?.stop(ladder),
    inspect: (runId) => () => Promise.resolve(traces(runId)),
    identify: (repository) => TE.right(identityOf(repository)),
    archives: ({ location }) => TE.right(archivesAt(location)),
    create: (repository) => TE.right(identityOf(repository)),
    lockHolders: () => () => Promise.resolve([]),
    breakLock: () => TE.right(undefined),
    close: () => Promise.resolve(closed$.next()),
    finish: (runId, evidence) => known(runId).finish(evidence, true),
    vanish: (runId) => {
      const { request, finish } = known(runId)
      finish(goneOf(request.work.kind, archivesAt(request.repository?.location)), false)
    },
    loseWorker: (runId) => known(runId).loseWorker(),
    hide: (runId) => void hidden.add(known(runId).request.runId),
    seeBeforeRuns: (over) => void (seen = preflight(over)),
  }
}

const neverStarted: RunTraces = { report: 'never', liveness: 'gone' }
const unseen: RunTraces = { report: 'none', liveness: 'unknown' }

/** Following a run that was never started starts nothing: it is told as gone. */
const nothingFound = ({ work }: RunRequest): Observable<RunReport> =>
  from(Promise.resolve<RunReport>({ tag: 'Ended', evidence: goneOf(work.kind, []), logBytes: null }))

/** The same location is the same repository, and no two are alike. */
const identityOf = ({ location }: RepositoryAccess): RepositoryIdentity => ({
  borgId: createHash('sha256').update(location).digest('hex'),
})
