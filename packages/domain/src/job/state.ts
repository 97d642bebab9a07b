/**
 * What must be known of a job to decide about it, as a fold of its events. A fact did happen, so nothing is checked here.
 */
import type { Recorded } from '../recorded.js'
import type { Claim, JobEvent, JobEventOf, Trigger, WaitingReason } from './events.js'
import type { JobStatus, SlotClass } from './job-type.js'
import type { Work } from './spec.js'

export interface RunState {
  readonly runId: string
  readonly step: string
  /** The name of the archive that the run is to make, if it makes one. */
  readonly archive: string | null
  readonly spawned: boolean
}

export interface JobState {
  readonly jobId: string
  readonly work: Work
  readonly repositoryId: string | null
  readonly series: string | null
  readonly slot: SlotClass | null
  readonly trigger: Trigger
  /** Position of the request: who asked first. */
  readonly order: number
  readonly requestedAt: string
  readonly status: JobStatus
  readonly heldBack: { readonly reason: WaitingReason; readonly jobs: ReadonlyArray<string> } | null
  /** How many younger jobs started that it competes with. */
  readonly overtaken: number
  /** Held while the job runs. */
  readonly claim: Claim | null
  /** The run under way; null before the first, between two, and after the last. */
  readonly run: RunState | null
  readonly attempts: number
  /** When the step under way was first attempted. */
  readonly attemptedAt: string | null
  readonly cancelRequested: boolean
  /** What start-up cleanup decided; null for a job that this owner began. */
  readonly recovery: JobEventOf<'JobRecovered'>['decision'] | null
  readonly deleted: boolean
}

const requested = (recorded: Recorded<JobEventOf<'JobRequested'>>): JobState => ({
  jobId: recorded.event.jobId,
  work: recorded.event.work,
  repositoryId: recorded.event.repositoryId,
  series: recorded.event.series,
  slot: recorded.event.slot,
  trigger: recorded.event.trigger,
  order: recorded.position,
  requestedAt: recorded.at,
  status: 'pending',
  heldBack: null,
  overtaken: 0,
  claim: null,
  run: null,
  attempts: 0,
  attemptedAt: null,
  cancelRequested: false,
  recovery: null,
  deleted: false,
})

/** Folds one of the job's own events. An event of a job that was never requested folds to nothing. */
export const evolveJob = (job: JobState | undefined, recorded: Recorded<JobEvent>): JobState | undefined => {
  const { event } = recorded
  if (event.type === 'JobRequested') return requested({ ...recorded, event })
  return job === undefined ? undefined : evolveKnown(job, event, recorded.at)
}

const evolveKnown = (job: JobState, event: Exclude<JobEvent, { readonly type: 'JobRequested' }>, at: string): JobState => {
  switch (event.type) {
    case 'JobHeldBack':
      return { ...job, heldBack: { reason: event.reason, jobs: event.jobs } }
    case 'JobStarted':
      return { ...job, status: 'running', heldBack: null, claim: event.claim }
    case 'RunPrepared': {
      const run = { runId: event.runId, step: event.step, archive: event.archive, spawned: false }
      return { ...job, run, attempts: event.attempt, attemptedAt: job.attemptedAt ?? at }
    }
    case 'RunSpawned':
      return job.run === null ? job : { ...job, run: { ...job.run, spawned: true } }
    case 'RunEnded':
      return { ...job, run: null }
    case 'CancelRequested':
      return { ...job, cancelRequested: true }
    case 'JobRecovered':
      return { ...job, recovery: event.decision }
    case 'JobCompleted':
      return { ...job, status: 'completed', claim: null, run: null }
    case 'JobFailed':
      return { ...job, status: 'failed', claim: null, run: null }
    case 'JobCancelled':
      return { ...job, status: 'cancelled', claim: null, run: null }
    case 'JobEntryDeleted':
      return { ...job, deleted: true }
    case 'StepStarted':
    case 'StepFinished':
    case 'ProgressRecorded':
    case 'SignalSent':
    case 'LateReportObserved':
      return job
  }
}
