/**
 * The tags of an event: the things it is about, by which it is found again.
 */
import type { DomainEvent } from './event.js'
import type { LedgerState } from './state.js'

type Tag = `${string}:${string}`

/** `state` is the one the event was decided on, or any later one that still holds its job. */
export const tagsOf = (event: DomainEvent, state: LedgerState): ReadonlyArray<Tag> => {
  switch (event.type) {
    case 'RepositoryRegistered':
    case 'RepositoryIdentified':
    case 'RepositoryChanged':
    case 'RepositoryRemoved':
      return [`repository:${event.repositoryId}`]
    case 'SettingsChanged':
      return ['settings:all']
    case 'OwnerStarted':
    case 'DispatchOpened':
    case 'DispatchClosed':
      return ['owner:all']
    case 'IdempotencyKeyUsed':
      return [`idempotency-key:${event.keyHash}`]
    default:
      return jobTags(event, state)
  }
}

const jobTags = (event: Extract<DomainEvent, { readonly jobId: string }>, state: LedgerState): ReadonlyArray<Tag> => {
  const job = state.jobs.get(event.jobId)
  const repositoryId = event.type === 'JobRequested' ? event.repositoryId : (job?.repositoryId ?? null)
  const trigger = event.type === 'JobRequested' ? event.trigger : job?.trigger
  const tags: Tag[] = [`job:${event.jobId}`]
  if (repositoryId !== null) tags.push(`repository:${repositoryId}`)
  if (trigger?.kind === 'parent') tags.push(`job:${trigger.jobId}`)
  if (trigger !== undefined && 'scheduleId' in trigger) tags.push(`schedule:${trigger.scheduleId}`)
  return tags
}
