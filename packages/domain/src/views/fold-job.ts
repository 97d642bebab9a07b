/**
 * The job record as a fold of the job's events, and of its children's where they show in it.
 */
import type { ArchiveMade, JobEvent, JobEventOf, Progress } from '../job/index.js'
import type { Recorded } from '../recorded.js'
import type { Job, JobStep } from './job.js'

/** The jobs in whose records an event shows. */
export const jobsShowing = (event: JobEvent): ReadonlyArray<string> =>
  event.type === 'JobRequested' && event.trigger.kind === 'parent' ? [event.jobId, event.trigger.jobId] : [event.jobId]

/** The record of job `jobId` after one more of the events that show in it. Undefined until it was requested. */
export const foldJob = (jobId: string, job: Job | undefined, recorded: Recorded<JobEvent>): Job | undefined => {
  const { event, position } = recorded
  if (event.type === 'JobRequested' && event.jobId === jobId) return requested({ ...recorded, event })
  if (job === undefined) return undefined
  if (event.jobId !== jobId) return { ...job, childJobIds: [...job.childJobIds, event.jobId], position }
  return { ...job, ...changes(job, recorded), position }
}

const requested = ({ event, at, actor, position }: Recorded<JobEventOf<'JobRequested'>>): Job => ({
  id: event.jobId,
  type: event.work.type,
  state: 'pending',
  outcome: null,
  trigger: event.trigger,
  repositoryId: event.repositoryId,
  series: event.series,
  requestedBy: event.trigger.kind === 'schedule' ? `schedule:${event.trigger.scheduleId}` : actor,
  spec: event.work.spec,
  createdAt: at,
  startedAt: null,
  finishedAt: null,
  progress: null,
  warnings: [],
  error: null,
  effect: null,
  archive: null,
  steps: [],
  maintenance: null,
  waitingFor: null,
  cancel: null,
  unattended: false,
  stalledSince: null,
  log: { state: 'none', bytes: 0 },
  host: null,
  parentJobId: event.trigger.kind === 'parent' ? event.trigger.jobId : null,
  childJobIds: [],
  position,
})

const changes = (job: Job, { event, at, actor }: Recorded<JobEvent>): Partial<Job> => {
  switch (event.type) {
    case 'JobHeldBack': {
      const since = job.waitingFor?.reason === event.reason ? job.waitingFor.since : at
      return { waitingFor: { reason: event.reason, jobs: event.jobs, since } }
    }
    case 'JobStarted':
      return { state: 'running', startedAt: at, waitingFor: null, host: event.host, log: { state: 'open', bytes: 0 } }
    case 'StepStarted':
      return { steps: [...job.steps, startedStep(event.step, at)], maintenance: maintenanceOf(job, event.step, 'running') }
    case 'StepFinished':
      return {
        steps: job.steps.map((step) => (step.name === event.step ? finishedStep(step, event, at) : step)),
        maintenance: maintenanceOf(job, event.step, event.error === null && event.outcome !== 'cancelled' ? 'completed' : 'failed'),
      }
    case 'ProgressRecorded':
      return { progress: event.progress }
    case 'RunStalled':
      return { stalledSince: event.since }
    case 'RunResumed':
      return { stalledSince: null }
    case 'RunEnded': {
      const { evidence, logBytes } = event
      const whole = evidence.kind === 'create' && evidence.archive !== null ? { progress: wholeOf(evidence.archive) } : {}
      return { ...whole, stalledSince: null, log: { ...job.log, bytes: logBytes ?? job.log.bytes } }
    }
    case 'CancelRequested':
      return { cancel: { requestedBy: actor, reason: event.reason, at } }
    case 'JobRecovered':
      return { unattended: event.decision === 'leave' }
    case 'EndingDecided':
      return { unattended: false, stalledSince: null, steps: brokenOffSteps(job, event.outcome === 'cancelled', at) }
    case 'JobCompleted':
      return { state: 'completed', outcome: event.outcome, progress: atTheEnd(job.progress), ...ended(job, event, at) }
    case 'JobFailed':
      return { state: 'failed', error: event.error, ...ended(job, event, at) }
    case 'JobCancelled':
      return { state: 'cancelled', error: event.error, ...ended(job, event, at) }
    case 'LogRemoved':
      return { log: { ...job.log, state: 'removed', removed: { reason: event.reason, at } } }
    case 'JobRequested':
    case 'RunPrepared':
    case 'RunSpawned':
    case 'SignalSent':
    case 'LateReportObserved':
    case 'JobDetached':
    case 'JobLookedAt':
    case 'JobEntryDeleted':
    case 'LogRemovalDecided':
      return {}
  }
}

/** Of a backup only: its prune and its compact are jobs of their own. */
const maintenanceOf = (job: Job, step: string, how: 'running' | 'completed' | 'failed'): Job['maintenance'] => {
  if (job.type !== 'backup' || (step !== 'prune' && step !== 'compact')) return job.maintenance
  return how === 'running' ? `running_${step}` : `${step}_${how}`
}

/** A job that completed went the whole way, whatever was heard of it last. */
const atTheEnd = (progress: Progress | null): Progress | null => {
  if (progress === null) return null
  const { remainingMs: _, ...rest } = progress
  return { ...rest, percent: 100 }
}

/** What an archive that was made says of the whole way. */
const wholeOf = (archive: ArchiveMade): Progress => {
  const { files, originalBytes, compressedBytes, deduplicatedBytes } = archive
  const counts = Object.entries({ files, originalBytes, compressedBytes, deduplicatedBytes }).filter(([, count]) => count !== null)
  return { percent: 100, ...Object.fromEntries(counts) }
}

const startedStep = (name: string, at: string): JobStep => ({
  name,
  state: 'running',
  startedAt: at,
  finishedAt: null,
  outcome: null,
  error: null,
})

const stepEnds: Readonly<Record<JobEventOf<'StepFinished'>['outcome'], Pick<JobStep, 'state' | 'outcome'>>> = {
  success: { state: 'completed', outcome: 'success' },
  warning: { state: 'completed', outcome: 'warning' },
  failure: { state: 'failed', outcome: null },
  cancelled: { state: 'cancelled', outcome: null },
}

const finishedStep = (step: JobStep, { outcome, error }: JobEventOf<'StepFinished'>, at: string): JobStep => ({
  ...step,
  ...stepEnds[outcome],
  finishedAt: at,
  error,
})

const ended = (job: Job, event: JobEventOf<'JobCompleted' | 'JobFailed' | 'JobCancelled'>, at: string): Partial<Job> => ({
  finishedAt: at,
  warnings: event.warnings,
  effect: event.effect,
  archive: event.archive,
  waitingFor: null,
  unattended: false,
  stalledSince: null,
  steps: brokenOffSteps(job, event.type === 'JobCancelled', at),
  log: event.logBytes === null ? { state: 'none', bytes: 0 } : { state: 'kept', bytes: event.logBytes },
})

/** With what a step became whose end was not recorded. */
const brokenOffSteps = ({ steps }: Job, cancelled: boolean, at: string): Job['steps'] =>
  steps.map((step) => (step.state === 'running' ? { ...step, state: cancelled ? 'cancelled' : 'failed', finishedAt: at } : step))
