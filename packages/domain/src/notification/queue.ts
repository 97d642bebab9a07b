/**
 * Who is told of what a decision records. Run after every decision, so that a notification is queued in the commit of what it tells of.
 */
import type { DomainEvent } from '../event.js'
import type { LedgerState } from '../state.js'
import type { NotificationEvent, NotificationEventOf } from './events.js'
import { type JobFacts, type Occurrence, occurrenceOf } from './occurrence.js'
import type { NotificationState, TargetState } from './state.js'

type Queued = NotificationEventOf<'NotificationQueued'>

/** One `NotificationQueued` for each event that is told of and each target that asked for it. `before`: the state decided on. */
export const notify = (events: ReadonlyArray<DomainEvent>, before: LedgerState): ReadonlyArray<NotificationEvent> => {
  const { targets } = before.notifications
  if (targets.size === 0) return []
  const jobs = jobsAbout(events, before)
  const occurrences = events.flatMap((event) => occurrenceOf(event, jobs, before.schedules.byId) ?? [])
  return occurrences.flatMap((occurrence) => [...targets.values()].filter(wants(occurrence)).map((target) => queuedFor(target, occurrence)))
}

/** A job may be asked for, started and ended in one commit. */
const jobsAbout = (events: ReadonlyArray<DomainEvent>, { jobs }: LedgerState): ReadonlyMap<string, JobFacts> => {
  const asked = events.filter((event) => event.type === 'JobRequested')
  return asked.length === 0 ? jobs : new Map<string, JobFacts>([...jobs, ...asked.map((event) => [event.jobId, event] as const)])
}

const wants =
  ({ occasion, about }: Occurrence) =>
  ({ occasions, repositories }: TargetState): boolean =>
    occasions.includes(occasion) && (repositories === 'all' || (about.repositoryId !== null && repositories.includes(about.repositoryId)))

const queuedFor = ({ targetId }: TargetState, { id, occasion, about }: Occurrence): Queued => ({
  type: 'NotificationQueued',
  deliveryId: deliveryIdOf(id, occasion, targetId),
  targetId,
  notification: occasion,
  about,
})

/** The test of a target, by an id of its own. Right of nothing when it is queued already. */
export const queueTest = (targetId: string, testId: string, { outbox }: NotificationState): ReadonlyArray<NotificationEvent> => {
  const deliveryId = testDeliveryIdOf(targetId, testId)
  const about = { jobId: null, repositoryId: null, scheduleId: null, detail: null }
  return outbox.has(deliveryId) ? [] : [{ type: 'NotificationQueued', deliveryId, targetId, notification: 'test', about }]
}

export const testDeliveryIdOf = (targetId: string, testId: string): string => deliveryIdOf(testId, 'test', targetId)

const deliveryIdOf = (occurrenceId: string, notification: Queued['notification'], targetId: string): string =>
  `${occurrenceId}:${notification}:${targetId}`
