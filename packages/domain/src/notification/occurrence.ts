/**
 * Of which events targets may be told, and by which name: event on the left, occurrence on the right.
 *
 * Told are backups, restores, checks and restore checks, and jobs that a schedule could not make. A job that is part of another one is told of with that one, and a job that was
 * cancelled not at all: somebody wanted it so.
 */
import type { DomainEvent, EventOf } from '../event.js'
import type { JobType } from '../job/job-type.js'
import type { JobState } from '../job/state.js'
import type { SchedulesState } from '../schedule/state.js'
import type { About, Occasion } from './events.js'

export interface Occurrence {
  /** Names the event for ever: a delivery is never made twice of it. */
  readonly id: string
  readonly occasion: Occasion
  readonly about: About
}

/** What must be known of a job, before it is or after. */
export type JobFacts = Pick<JobState, 'jobId' | 'work' | 'repositoryId' | 'trigger'>

interface Told {
  readonly start?: Occasion
  readonly success: Occasion
  readonly warning: Occasion
  readonly failure: Occasion
}

const byType: Readonly<Partial<Record<JobType, Told>>> = {
  backup: { start: 'backup-start', success: 'backup-success', warning: 'backup-warning', failure: 'backup-failure' },
  restore: { success: 'restore-success', warning: 'restore-success', failure: 'restore-failure' },
  check: { success: 'check-success', warning: 'check-success', failure: 'check-failure' },
  'restore-check': { success: 'restore-check-success', warning: 'restore-check-success', failure: 'restore-check-failure' },
}

/** Null: nobody is told. `jobs`: those that the commit is about; `schedules`: as they stood before it. */
export const occurrenceOf = (
  event: DomainEvent,
  jobs: ReadonlyMap<string, JobFacts>,
  schedules: SchedulesState['byId'],
): Occurrence | null => {
  switch (event.type) {
    case 'JobStarted':
      return ofJob(event, jobs, 'start')
    case 'JobCompleted':
      return ofJob(event, jobs, event.outcome)
    case 'JobFailed':
      return ofJob(event, jobs, 'failure')
    case 'TickAttemptFailed':
    case 'TickFailed':
      return ofTick(event, schedules)
    default:
      return null
  }
}

const ofJob = (
  { jobId }: EventOf<'JobStarted' | 'JobCompleted' | 'JobFailed'>,
  jobs: ReadonlyMap<string, JobFacts>,
  how: keyof Told,
): Occurrence | null => {
  const job = jobs.get(jobId)
  if (job === undefined || job.trigger.kind === 'parent') return null
  const occasion = byType[job.work.type]?.[how]
  if (occasion === undefined) return null
  const scheduleId = job.trigger.scheduleId ?? null
  return { id: jobId, occasion, about: { jobId, repositoryId: job.repositoryId, scheduleId, detail: null } }
}

/** A schedule's failure is told of once, when the job of a due instant could not be made for the first time: there is time yet to see to it. */
const ofTick = (
  { scheduleId, dueAt, error }: EventOf<'TickAttemptFailed' | 'TickFailed'>,
  schedules: SchedulesState['byId'],
): Occurrence | null => {
  const schedule = schedules.get(scheduleId)
  const wasTold = schedule?.open.some((tick) => tick.dueAt === dueAt && tick.attempts > 0) ?? true
  if (schedule === undefined || wasTold) return null
  const { repositoryId } = schedule.definition.job
  const about = { jobId: null, repositoryId, scheduleId, detail: `${schedule.definition.name}, due ${dueAt}: ${error.message}` }
  return { id: `${scheduleId}@${dueAt}`, occasion: 'schedule-failure', about }
}
