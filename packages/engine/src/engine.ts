/**
 * The loop put together: a store, read models, a runner and a clock become a running ledger.
 *
 * Data goes one way: `submit` appends, what is committed is projected and reacted to, and reactions report back through `submit`.
 */
import type { DomainEvent, Job, LedgerState, Recorded } from '@borgledger/domain'
import type { AppendError, EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Observable } from 'rxjs'
import { type Calls, createCalls } from './call/calls.js'
import { createCourier } from './deliver/courier.js'
import { createLogKeeper, type LogKeeper } from './logs/log-keeper.js'
import { drain } from './owner/drain.js'
import { Gate } from './owner/gate.js'
import { submitQuietly } from './owner/quiet.js'
import type { RunnerTrouble } from './owner/runner-trouble.js'
import { takeOver } from './owner/take-over.js'
import { watchUnattended } from './owner/watch.js'
import { createLiveProgress, type LiveProgress } from './perform/live-progress.js'
import { createPerformer } from './perform/performer.js'
import { createReporter, type Reporter } from './perform/reporter.js'
import type { Clock } from './ports/clock.js'
import type { Ids } from './ports/ids.js'
import type { JobLogs } from './ports/job-logs.js'
import type { Notifier } from './ports/notifier.js'
import type { ReadModels } from './ports/read-models.js'
import type { Runner, RunRequest } from './ports/runner.js'
import { createProjector, type Projector } from './project/projector.js'
import { startScheduler } from './schedule/index.js'
import { createSnapshotKeeper } from './snapshot/keeper.js'
import { warmUp } from './snapshot/warm-up.js'
import { createSubmitter, type Submitter } from './submit/submitter.js'

/** Time for a notification under way to arrive before the host ends; what does not is told by the next one. */
const deliverMsMax = 2_000

export interface EngineParts {
  readonly store: EventStore
  readonly readModels: ReadModels
  readonly runner: Runner
  readonly logs: JobLogs
  readonly notifier: Notifier
  readonly clock: Clock
  readonly ids: Ids
  /** Names this machine in `job.host`. */
  readonly host: string
  /** Name and version of the program, for the record of the owner's start. */
  readonly software: string
  /** False: this owner comes for a look. It recovers nothing and starts nothing; runs go on without it. */
  readonly runsJobs: boolean
  /** Hears what goes wrong with the telling of a run. */
  readonly onTrouble: (request: RunRequest, cause: unknown) => void
  /** Hears of a schedule of which nobody can say when it is due. */
  readonly onScheduleTrouble: (scheduleId: string, cause: unknown) => void
  /** Hears of a log that could not be removed (null: of housekeeping that failed); it is tried again in an hour. */
  readonly onLogLeft: (jobId: string | null, message: string) => void
  /** Hears why a kept state was not used, or could not be kept. All goes on; a start takes longer. */
  readonly onSnapshotTrouble: (message: string) => void
}

export interface Engine {
  readonly submit: Submitter['submit']
  /** Short uses of borg that are no jobs. */
  readonly calls: Calls
  readonly state: () => LedgerState
  readonly committed$: Observable<Recorded<DomainEvent>>
  readonly projector: Projector
  readonly live: LiveProgress
  /** Reports of runs that wait for the log. */
  readonly reportsWaiting: Reporter['waiting']
  /** Why nobody can watch over runs, and so none starts; null while that is not so, or may be over in a moment. */
  readonly runnerTrouble: () => RunnerTrouble | null
  /** By job, why its log could not be removed. */
  readonly logsLeft: LogKeeper['left']
  /** A job's record with the progress that was heard last. */
  readonly withLiveProgress: (job: Job) => Job
  /**
   * Ends as the setting `shutdown` says, within `drainMs`; what runs on is found again at the next start. Does not close the store and the
   * read models, which belong to whoever opened them.
   */
  readonly close: (drainMs: number) => Promise<void>
}

/** Left: the log cannot be read or written; nothing was started and nothing is left open. */
export const startEngine =
  (parts: EngineParts): TaskEither<AppendError, Engine> =>
  async () => {
    const { store, readModels, runner, clock, ids, host, software, runsJobs } = parts
    const { snapshots } = readModels
    const warm = await warmUp({ ...parts, snapshots })()
    if (E.isLeft(warm)) {
      await runner.close()
      return warm
    }
    const submitter = createSubmitter({ store, clock, ids, state: warm.right.state })
    const keeper = createSnapshotKeeper({ ...parts, ...submitter, snapshots, keptAt: warm.right.restoredAt })
    const projector = await createProjector({ store, readModels, clock })
    const live = createLiveProgress()
    const reporter = createReporter({ submitter, clock, actor: 'system:runner' })
    const hearing = submitter.committed$.subscribe(() => projector.wake())
    const submit = runsJobs ? submitter.submit : submitQuietly(submitter, parts)
    const logKeeper = createLogKeeper({ ...parts, ...submitter, submit, projector })
    if (runsJobs) hearing.add(createPerformer({ submitter, runner, reporter, clock, ids, live, onTrouble: parts.onTrouble }))
    const courier = runsJobs ? createCourier({ ...parts, submitter }) : null
    const gate = runsJobs ? new Gate({ submitter, runner, clock }) : null
    const end = async (graceMs: number): Promise<void> => {
      await gate?.close()
      hearing.unsubscribe()
      await courier?.close(graceMs)
      await logKeeper.close()
      reporter.close()
      await runner.close()
      await projector.close()
      await keeper.close()
    }
    projector.wake()
    const taken = gate === null ? E.right(undefined) : await takeOver({ submitter, reporter, runner, clock, gate, host, software })()
    if (E.isLeft(taken)) {
      await end(0)
      return taken
    }
    courier?.resume()
    const looking = runsJobs ? lookOut({ ...parts, submitter, reporter }) : null
    if (runsJobs) logKeeper.start()
    return E.right({
      submit,
      calls: createCalls({ submit, reporter, ids, runner, readModels, projector, state: submitter.state }),
      state: submitter.state,
      committed$: submitter.committed$,
      projector,
      live,
      reportsWaiting: reporter.waiting,
      runnerTrouble: () => gate?.trouble() ?? null,
      logsLeft: logKeeper.left,
      withLiveProgress: (job) => (job.state === 'running' ? { ...job, progress: live.of(job.id) ?? job.progress } : job),
      close: async (drainMs) => {
        await looking?.close()
        if (gate !== null) await drain({ submitter, clock, gate }, drainMs)
        await end(Math.min(drainMs, deliverMsMax))
      },
    })
  }

/** What is looked at again and again: jobs that nobody can see, and what is due. */
const lookOut = (
  deps: EngineParts & { readonly submitter: Submitter; readonly reporter: Reporter },
): { readonly close: () => Promise<void> } => {
  const watch = watchUnattended(deps)
  const scheduler = startScheduler(deps)
  return {
    close: () => {
      watch.close()
      return scheduler.close()
    },
  }
}
