/**
 * A delivery as people see it: what is told to whom, and how far that has come.
 */
import type { Notification, NotificationEventOf } from '../notification/events.js'
import type { Recorded } from '../recorded.js'

type DeliveryEvent = NotificationEventOf<'NotificationQueued' | 'Delivered' | 'DeliveryFailed' | 'DeliveryDropped'>

export interface Delivery {
  readonly id: string
  readonly targetId: string
  readonly notification: Notification
  readonly jobId: string | null
  readonly repositoryId: string | null
  readonly scheduleId: string | null
  /** `queued` until it arrived (`delivered`), was given up (`failed`), or its target was removed (`dropped`). */
  readonly state: 'queued' | 'delivered' | 'failed' | 'dropped'
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly error: string | null
  readonly queuedAt: string
  readonly lastAttemptAt: string | null
  /** Null before the first attempt and once nothing is attempted any more. */
  readonly nextAttemptAt: string | null
  readonly position: number
}

/** Undefined until it was queued. */
export const foldDelivery = (delivery: Delivery | undefined, recorded: Recorded<DeliveryEvent>): Delivery | undefined => {
  const { event, position, at } = recorded
  if (event.type === 'NotificationQueued') return queued({ ...recorded, event })
  if (delivery === undefined) return undefined
  switch (event.type) {
    case 'Delivered':
      return { ...delivery, ...attempted(event.attempt, at), state: 'delivered', error: null, position }
    case 'DeliveryFailed': {
      const failed = { ...delivery, ...attempted(event.attempt, at), error: event.error, position }
      if (event.retryAfterMs === null) return { ...failed, state: 'failed' }
      return { ...failed, nextAttemptAt: new Date(Date.parse(at) + event.retryAfterMs).toISOString() }
    }
    case 'DeliveryDropped':
      return { ...delivery, state: 'dropped', nextAttemptAt: null, position }
  }
}

const queued = ({ event, position, at }: Recorded<NotificationEventOf<'NotificationQueued'>>): Delivery => ({
  id: event.deliveryId,
  targetId: event.targetId,
  notification: event.notification,
  jobId: event.about.jobId,
  repositoryId: event.about.repositoryId,
  scheduleId: event.about.scheduleId,
  state: 'queued',
  attempts: 0,
  error: null,
  queuedAt: at,
  lastAttemptAt: null,
  nextAttemptAt: null,
  position,
})

const attempted = (attempts: number, at: string) => ({ attempts, lastAttemptAt: at, nextAttemptAt: null })
