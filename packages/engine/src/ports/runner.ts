/**
 * The runner port: what the engine needs of whoever runs borg. A runner holds no truth; everything it sees it reports.
 */
import type {
  ArchiveListed,
  Exit,
  Preflight,
  ProcessIdentity,
  Progress,
  RepositoryAccess,
  RunEvidence,
  RunTraces,
  RunWork,
  SignalRung,
  StopRung,
} from '@borgledger/domain'
import type { Instant } from '@borgledger/eventstore'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Observable } from 'rxjs'

/** One process to be run for a step of a job. The request alone is enough to follow the run after a crash of the host. */
export interface RunRequest {
  /** Unique; names the run's directory, and stands in the process's environment as its token. */
  readonly runId: string
  readonly jobId: string
  /** Null for work that is about none. */
  readonly repository: RepositoryAccess | null
  readonly work: RunWork
}

export type RunReport =
  | { readonly tag: 'Spawned'; readonly process: ProcessIdentity }
  /** At most four a second. `milestone`: worth storing (a step of ten percent, or a minute went by). */
  | { readonly tag: 'Progressed'; readonly progress: Progress; readonly milestone: boolean }
  | { readonly tag: 'Signalled'; readonly rung: SignalRung }
  /** `since`: from when on the process has done nothing (no output, no CPU time, no I/O); null that it does something again. */
  | { readonly tag: 'Stalled'; readonly since: string | null }
  /** The last report of a run: its processes are gone. */
  | { readonly tag: 'Ended'; readonly evidence: RunEvidence; readonly logBytes: number | null }

export type RunnerProblem =
  /** Borg ran and failed. */
  | {
      readonly tag: 'BorgFailed'
      readonly code: string
      readonly message: string
      readonly msgid: string | null
      readonly exit: Exit | null
    }
  /** Borg could not be run at all. */
  | { readonly tag: 'CannotRun'; readonly code: string; readonly message: string }
  /** The runner was closed before borg had ended: nothing is known of what it was asked. */
  | { readonly tag: 'Closed'; readonly code: string; readonly message: string }

export interface RepositoryIdentity {
  /** Borg's own repository id: 64 hexadecimal digits. */
  readonly borgId: string
}

/** Whether a run would be watched over if it were started now. */
export type Readiness =
  | { readonly tag: 'Ready' }
  /** `failures`: how many times in a row what watches over runs was not to be had, since when, and why the last time. 0: it is being started. */
  | { readonly tag: 'NotReady'; readonly failures: number; readonly since: Instant | null; readonly message: string }

export interface Runner {
  /**
   * Told at once, and at every change; completes when the runner is closed. From the first listener on the runner keeps ready by itself, and
   * what fails it tries again for as long as it takes. The first start ends soon, one way or the other.
   */
  readonly readiness$: Observable<Readiness>
  /** What would speak against the run. Looks only; starts no borg. */
  readonly preflight: (request: Pick<RunRequest, 'repository' | 'work'>) => Task<Preflight>
  /**
   * Starts the run and tells of it until it has ended; completes after `Ended`. Unsubscribing stops the telling, never the run.
   * A run id that was started before is never started again: it is followed.
   */
  readonly run: (request: RunRequest) => Observable<RunReport>
  /** Goes on telling of a run that another owner began, with its whole log and its true end. Never starts a process. */
  readonly follow: (request: RunRequest) => Observable<RunReport>
  /** Climbs the ladder until the run's processes are gone; every rung is reported by `run` or `follow`. Asking twice is fine. */
  readonly stop: (runId: string, ladder: ReadonlyArray<StopRung>) => void
  /** What is left of a run: read from its directory, its lock and the process table. */
  readonly inspect: (runId: string) => Task<RunTraces>
  /** Borg's id of the repository at this location. */
  readonly identify: (repository: RepositoryAccess) => TaskEither<RunnerProblem, RepositoryIdentity>
  /** All archives in the repository, oldest first; unfinished ones (`.checkpoint`) are left out. */
  readonly archives: (repository: RepositoryAccess) => TaskEither<RunnerProblem, ReadonlyArray<ArchiveListed>>
  /** Makes a new borg repository; an existing one is left as it is (`BorgFailed`, msgid `Repository.AlreadyExists`). */
  readonly create: (repository: RepositoryAccess, encryption: string) => TaskEither<RunnerProblem, RepositoryIdentity>
  /** Who holds the repository's lock, as borg names them (`host-id.pid`); null when that cannot be seen from here. Starts no borg. */
  readonly lockHolders: (repository: RepositoryAccess) => Task<ReadonlyArray<string> | null>
  /** Breaks the repository's lock, whoever holds it. */
  readonly breakLock: (repository: RepositoryAccess) => TaskEither<RunnerProblem, void>
  /**
   * Leaves runs alone: they are followed by whoever comes next. Whatever else borg was asked (`identify`, `archives`, `create`, `breakLock`) is
   * ended first, with the problem `Closed`; should the host die instead, that borg dies with it. Ends workers and stops telling.
   */
  readonly close: Task<void>
}
