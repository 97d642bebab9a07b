/**
 * What a target is told, made of what is recorded: for machines field by field, for people as a title and a few lines.
 */
import type { Job } from '../views/index.js'
import type { About, Notification } from './events.js'
import type { DeliveryState } from './state.js'

type ToldJob = Pick<
  Job,
  | 'id'
  | 'type'
  | 'state'
  | 'outcome'
  | 'error'
  | 'warnings'
  | 'effect'
  | 'archive'
  | 'requestedBy'
  | 'createdAt'
  | 'startedAt'
  | 'finishedAt'
>

export interface NotificationMessage {
  /** Of the delivery: the same for every attempt, so that a target knows what it has seen. */
  readonly id: string
  readonly notification: Notification
  /** When that was recorded of which this tells. */
  readonly at: string
  readonly title: string
  readonly text: string
  readonly job: ToldJob | null
  readonly repository: { readonly id: string; readonly name: string } | null
  readonly scheduleId: string | null
}

/** `job`: its record as it stood when the delivery was queued. `repositoryName`: null when the repository is gone. */
export const messageOf = (delivery: DeliveryState, job: Job | null, repositoryName: string | null): NotificationMessage => {
  const { deliveryId, notification, about, queuedAt } = delivery
  const repository = about.repositoryId === null ? null : { id: about.repositoryId, name: repositoryName ?? about.repositoryId }
  return {
    id: deliveryId,
    notification,
    at: queuedAt,
    title: `${headings[notification]}${repository === null ? '' : `: ${repository.name}`}`,
    text: linesOf(notification, about, job).join('\n'),
    job: job === null ? null : told(job),
    repository,
    scheduleId: about.scheduleId,
  }
}

const headings: Readonly<Record<Notification, string>> = {
  'backup-start': 'Backup started',
  'backup-success': 'Backup completed',
  'backup-warning': 'Backup completed with warnings',
  'backup-failure': 'Backup failed',
  'restore-success': 'Restore completed',
  'restore-failure': 'Restore failed',
  'check-success': 'Check completed',
  'check-failure': 'Check failed',
  'restore-check-success': 'Restore check completed',
  'restore-check-failure': 'Restore check failed',
  'schedule-failure': 'A scheduled job could not be created',
  test: 'Test of this notification target',
}

const told = ({
  id,
  type,
  state,
  outcome,
  error,
  warnings,
  effect,
  archive,
  requestedBy,
  createdAt,
  startedAt,
  finishedAt,
}: Job): ToldJob => ({
  id,
  type,
  state,
  outcome,
  error,
  warnings,
  effect,
  archive,
  requestedBy,
  createdAt,
  startedAt,
  finishedAt,
})

const linesOf = (notification: Notification, { detail, scheduleId }: About, job: Job | null): ReadonlyArray<string> => {
  if (notification === 'test') return ['Notifications reach this target.']
  const lines = [
    detail,
    job?.error && `${job.error.message} (${job.error.code})`,
    ...(job?.warnings ?? []).map(({ code, message, count }) => `Warning: ${message} (${code}${count > 1 ? `, ${count} times` : ''})`),
    job?.archive && `Archive: ${job.archive}`,
    scheduleId && `Schedule: ${scheduleId}`,
    job && `Job: ${job.id}`,
    job?.startedAt && `Started: ${job.startedAt}`,
    job?.finishedAt && `Ended: ${job.finishedAt}`,
  ]
  return lines.filter((line) => typeof line === 'string')
}
