/**
 * What must be known of a job to decide about it, as a fold of its events. A fact did happen, so nothing is checked here.
 */
import type { Recorded } from '../recorded.js'
import type { Claim, JobEvent, JobEventOf, RemovalReason, Trigger, WaitingReason } from './events.js'
import type { JobStatus, SlotClass } from './job-type.js'
import { logBegun, logTold } from './log-bytes.js'
import type { Progress } from './progress.js'
import type { RunEvidence, RunWork, Warning } from './run/index.js'
import type { Work } from './spec.js'

export interface RunState {
  readonly runId: string
  readonly step: string
  readonly work: RunWork
  readonly spawned: boolean
  /** The last that was recorded of it; null before. */
  readonly progress: Progress | null
  /** Its process was last seen doing nothing. */
  readonly stalled: boolean
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
  readonly startedAt: string | null
  readonly status: JobStatus
  readonly heldBack: { readonly reason: WaitingReason; readonly jobs: ReadonlyArray<string> } | null
  /** How many younger jobs started that it competes with. */
  readonly overtaken: number
  /** Held while the job runs. */
  readonly claim: Claim | null
  /** The run under way; null before the first, between two, and after the last. */
  readonly run: RunState | null
  /** The steps that have ended, in order. */
  readonly done: ReadonlyArray<string>
  /** Which host runs it; null before. */
  readonly host: string | null
  /** Of the steps that have ended. */
  readonly warnings: ReadonlyArray<Warning>
  /** The archive that a backup's run made. */
  readonly made: { readonly archive: string; readonly originalBytes: number | null } | null
  /** The archives that a prune's plan would delete, once there is a plan. */
  readonly planned: ReadonlyArray<string>
  /** The size of the job log as far as it is known; null while there is none. */
  readonly logBytes: number | null
  /** Of the step that is due. */
  readonly attempts: number
  /** When the step under way was first attempted. */
  readonly attemptedAt: string | null
  readonly cancelRequested: boolean
  /** The run under way when a cancel was forced last; null while none was. */
  readonly forcedRun: string | null
  /** How it will end, once that is decided and post-scripts are due. */
  readonly ending: Omit<JobEventOf<'EndingDecided'>, 'type' | 'jobId'> | null
  /** What start-up cleanup, or the look at stale checks, decided last; null for a job that neither has met. */
  readonly recovery: JobEventOf<'JobRecovered'>['decision'] | null
  /** Since when its process was seen gone at every look of the watch; null when it was not. */
  readonly goneSince: string | null
  /** Whether the owner that is there now decided that. */
  readonly recoveredHere: boolean
  /** Which reports were taken in, so that one that comes again says nothing new. */
  readonly heard: ReadonlyArray<string>
  /** The owner before left it running on purpose. */
  readonly detached: boolean
  readonly deleted: boolean
  /** Why its log is to be removed or was; null as long as that is not decided. */
  readonly logRemoval: RemovalReason | null
  readonly logRemoved: boolean
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
  startedAt: null,
  status: 'pending',
  heldBack: null,
  overtaken: 0,
  claim: null,
  run: null,
  done: [],
  host: null,
  warnings: [],
  made: null,
  planned: [],
  logBytes: null,
  attempts: 0,
  attemptedAt: null,
  cancelRequested: false,
  forcedRun: null,
  ending: null,
  recovery: null,
  goneSince: null,
  recoveredHere: false,
  heard: [],
  detached: false,
  deleted: false,
  logRemoval: null,
  logRemoved: false,
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
      return { ...job, status: 'running', startedAt: at, heldBack: null, claim: event.claim, host: event.host }
    case 'RunPrepared': {
      const run = { runId: event.runId, step: event.step, work: event.work, spawned: false, progress: null, stalled: false }
      return { ...job, run, attempts: event.attempt, attemptedAt: job.attemptedAt ?? at }
    }
    case 'RunSpawned':
      return begun(hearing(job, event.runId, 'ReportSpawned'))
    case 'ProgressRecorded':
      return job.run === null ? job : { ...job, run: { ...job.run, progress: event.progress } }
    case 'RunStalled':
    case 'RunResumed':
      return { ...job, run: job.run && { ...job.run, stalled: event.type === 'RunStalled' } }
    case 'SignalSent':
      return hearing(job, event.runId, `ReportSignal ${event.rung.rung}`)
    case 'RunEnded':
      return runOver(hearing(job, event.runId, 'ReportRunEnded'), event)
    case 'LateReportObserved':
      return hearing(job, event.runId, event.report)
    case 'CancelRequested':
      return { ...job, cancelRequested: true, forcedRun: event.force ? (job.run?.runId ?? null) : job.forcedRun }
    case 'JobDetached':
      return { ...job, detached: true }
    case 'JobRecovered':
      return { ...job, recovery: event.decision, goneSince: null, recoveredHere: true, detached: false }
    case 'JobLookedAt':
      return { ...job, goneSince: event.traces.liveness === 'gone' ? at : null }
    case 'EndingDecided': {
      const { type: _, jobId: __, ...ending } = event
      return { ...job, ending, warnings: event.warnings, run: null, attempts: 0, attemptedAt: null, recovery: null, goneSince: null }
    }
    case 'JobCompleted':
    case 'JobFailed':
    case 'JobCancelled':
      return { ...job, status: endStates[event.type], claim: null, run: null, logBytes: event.logBytes }
    case 'JobEntryDeleted':
      return { ...job, deleted: true }
    case 'LogRemovalDecided':
      return { ...job, logRemoval: event.reason }
    case 'LogRemoved':
      return { ...job, logRemoved: true }
    case 'StepFinished': {
      const next = { run: null, attempts: 0, attemptedAt: null }
      return { ...job, ...next, done: [...job.done, event.step], warnings: [...job.warnings, ...event.warnings] }
    }
    case 'StepStarted':
      return job
  }
}

const endStates = { JobCompleted: 'completed', JobFailed: 'failed', JobCancelled: 'cancelled' } as const

const begun = (job: JobState): JobState => ({ ...job, run: job.run && { ...job.run, spawned: true }, logBytes: logBegun(job.logBytes) })

const runOver = (job: JobState, { evidence, logBytes }: JobEventOf<'RunEnded'>): JobState => ({
  ...job,
  run: null,
  planned: plannedBy(evidence) ?? job.planned,
  made: madeBy(evidence) ?? job.made,
  logBytes: logTold(logBytes, job.logBytes),
})

const plannedBy = (evidence: RunEvidence): ReadonlyArray<string> | null => (evidence.kind === 'prune-plan' ? evidence.prunes : null)

const madeBy = (evidence: RunEvidence): JobState['made'] =>
  evidence.kind === 'create' && evidence.archive !== null
    ? { archive: evidence.archive.name, originalBytes: evidence.archive.originalBytes }
    : null

const hearing = (job: JobState, runId: string, report: string): JobState => ({ ...job, heard: [...job.heard, heardKey(runId, report)] })

/** Under what a report is kept among those heard. */
export const heardKey = (runId: string, report: string): string => `${runId} ${report}`
