/**
 * The tags of an event: the things it is about, by which it is found again.
 */
import type { DomainEvent, EventOf } from './event.js'
import type { JobState } from './job/state.js'

type Tag = `${string}:${string}`

/** `jobOf` knows the job that the event is about, save one that it makes. */
export const tagsOf = (
  event: DomainEvent,
  jobOf: (jobId: string) => Pick<JobState, 'repositoryId' | 'trigger'> | undefined,
): ReadonlyArray<Tag> => {
  switch (event.type) {
    case 'RepositoryRegistered':
    case 'RepositoryIdentified':
    case 'RepositoryChanged':
    case 'RepositoryRemoved':
    case 'ArchivesListed':
      return [`repository:${event.repositoryId}`]
    case 'NotificationTargetAdded':
    case 'NotificationTargetChanged':
    case 'NotificationTargetRemoved':
      return [`notification-target:${event.targetId}`]
    case 'NotificationQueued':
      return [...deliveryTags(event), ...aboutTags(event.about)]
    case 'Delivered':
    case 'DeliveryFailed':
    case 'DeliveryDropped':
      return deliveryTags(event)
    case 'ScriptAdded':
    case 'ScriptChanged':
    case 'ScriptRemoved':
      return [`script:${event.scriptId}`]
    case 'TokenCreated':
    case 'TokenRevoked':
      return [`token:${event.tokenId}`]
    case 'ScheduleAdded':
    case 'ScheduleChanged':
    case 'ScheduleRemoved':
    case 'TickQueued':
    case 'TickFired':
    case 'TicksSkipped':
    case 'TickAttemptFailed':
    case 'TickFailed':
      return [`schedule:${event.scheduleId}`]
    case 'SettingsChanged':
      return ['settings:all']
    case 'OwnerStarted':
    case 'DispatchOpened':
    case 'DispatchClosed':
      return ['owner:all']
    case 'CallBegan':
    case 'CallEnded':
      return [`call:${event.callId}`, ...(event.repositoryId === null ? [] : [`repository:${event.repositoryId}` as const])]
    case 'IdempotencyKeyUsed':
      return [`idempotency-key:${event.keyHash}`]
    default:
      return jobTags(event, jobOf)
  }
}

const deliveryTags = ({ deliveryId, targetId }: { readonly deliveryId: string; readonly targetId: string }): ReadonlyArray<Tag> => [
  `delivery:${deliveryId}`,
  `notification-target:${targetId}`,
]

/** Whoever looks up the history of a job, a repository or a schedule sees who was told. */
const aboutTags = ({ jobId, repositoryId, scheduleId }: EventOf<'NotificationQueued'>['about']): ReadonlyArray<Tag> => {
  const tags: Tag[] = []
  if (jobId !== null) tags.push(`job:${jobId}`)
  if (repositoryId !== null) tags.push(`repository:${repositoryId}`)
  if (scheduleId !== null) tags.push(`schedule:${scheduleId}`)
  return tags
}

const jobTags = (event: Extract<DomainEvent, { readonly jobId: string }>, jobOf: Parameters<typeof tagsOf>[1]): ReadonlyArray<Tag> => {
  const job = jobOf(event.jobId)
  const repositoryId = event.type === 'JobRequested' ? event.repositoryId : (job?.repositoryId ?? null)
  const trigger = event.type === 'JobRequested' ? event.trigger : job?.trigger
  const tags: Tag[] = [`job:${event.jobId}`]
  if (repositoryId !== null) tags.push(`repository:${repositoryId}`)
  if (trigger?.kind === 'parent') tags.push(`job:${trigger.jobId}`)
  if (trigger !== undefined && 'scheduleId' in trigger) tags.push(`schedule:${trigger.scheduleId}`)
  return tags
}
