/**
 * A job as people see it: the record of the library, the HTTP API and the command line. Instants are RFC 3339 UTC, sizes bytes, times ms.
 */
import type { Effect, JobError, JobStatus, JobType, Progress, Trigger, WaitingReason, Warning, Work } from '../job/index.js'

export type MaintenanceState =
  | 'running_prune'
  | 'prune_completed'
  | 'prune_failed'
  | 'running_compact'
  | 'compact_completed'
  | 'compact_failed'

export interface JobStep {
  readonly name: string
  readonly state: JobStatus
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly outcome: 'success' | 'warning' | null
  readonly error: JobError | null
}

export interface JobLog {
  /** `none`: no log was written; `open`: it grows; `kept`: it is whole; `removed`: it was there. */
  readonly state: 'none' | 'open' | 'kept' | 'removed'
  readonly bytes: number
  readonly removed?: { readonly reason: string; readonly at: string }
}

export interface Job {
  readonly id: string
  readonly type: JobType
  readonly state: JobStatus
  readonly outcome: 'success' | 'warning' | null
  readonly trigger: Trigger
  readonly repositoryId: string | null
  readonly series: string | null
  readonly requestedBy: string
  readonly spec: Work['spec']
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** Null while nothing is known. */
  readonly progress: Progress | null
  readonly warnings: ReadonlyArray<Warning>
  readonly error: JobError | null
  readonly effect: Effect | null
  /** The archive's name in borg. */
  readonly archive: string | null
  readonly steps: ReadonlyArray<JobStep>
  readonly maintenance: MaintenanceState | null
  readonly waitingFor: { readonly reason: WaitingReason; readonly jobs: ReadonlyArray<string>; readonly since: string } | null
  readonly cancel: { readonly requestedBy: string; readonly reason: string; readonly at: string } | null
  /** It runs, or may run, and nobody can see it: an admin resolves it. */
  readonly unattended: boolean
  /** Since when its process has done nothing: no output, no CPU time, no I/O. Null while it does something, or there is none. */
  readonly stalledSince: string | null
  readonly log: JobLog
  /** Which host runs or ran it. */
  readonly host: string | null
  readonly parentJobId: string | null
  readonly childJobIds: ReadonlyArray<string>
  /** Position of the last event that shows in this record. */
  readonly position: number
}
