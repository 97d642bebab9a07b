/**
 * The targets, and the outbox: the deliveries that have neither arrived nor been given up, as a fold of their events.
 */
import type { Recorded } from '../recorded.js'
import type { Channel } from './channel.js'
import type { About, Notification, NotificationEvent, NotificationEventOf, Occasion, Repositories } from './events.js'

export interface TargetState {
  readonly targetId: string
  readonly name: string
  readonly channel: Channel
  readonly occasions: ReadonlyArray<Occasion>
  readonly repositories: Repositories
}

export interface DeliveryState {
  readonly deliveryId: string
  readonly targetId: string
  readonly notification: Notification
  readonly about: About
  /** Where it was queued: what it tells of stands before it in the log. */
  readonly position: number
  readonly queuedAt: string
  /** How many there were. */
  readonly attempts: number
  readonly firstFailedAt: string | null
  /** It is not attempted before; null: it may be at once. */
  readonly notBefore: string | null
}

export interface NotificationState {
  readonly targets: ReadonlyMap<string, TargetState>
  /** By delivery, in the order in which they were queued. */
  readonly outbox: ReadonlyMap<string, DeliveryState>
}

export const noNotifications: NotificationState = { targets: new Map(), outbox: new Map() }

export const evolveNotifications = (state: NotificationState, recorded: Recorded<NotificationEvent>): NotificationState => {
  const { event } = recorded
  switch (event.type) {
    case 'NotificationTargetAdded':
    case 'NotificationTargetChanged': {
      const { type: _, ...target } = event
      return { targets: new Map(state.targets).set(target.targetId, target), outbox: atOnce(state.outbox, target.targetId) }
    }
    case 'NotificationTargetRemoved':
      return { ...state, targets: without(state.targets, event.targetId) }
    case 'NotificationQueued':
      return { ...state, outbox: new Map(state.outbox).set(event.deliveryId, queued({ ...recorded, event })) }
    case 'DeliveryFailed':
      if (event.retryAfterMs !== null) return { ...state, outbox: putOff(state.outbox, event, event.retryAfterMs, recorded.at) }
      return { ...state, outbox: without(state.outbox, event.deliveryId) }
    case 'Delivered':
    case 'DeliveryDropped':
      return { ...state, outbox: without(state.outbox, event.deliveryId) }
  }
}

const without = <A>(all: ReadonlyMap<string, A>, id: string): ReadonlyMap<string, A> => {
  const rest = new Map(all)
  rest.delete(id)
  return rest
}

/** Whoever puts a target right need not wait until it is tried again. */
const atOnce = (outbox: NotificationState['outbox'], targetId: string): NotificationState['outbox'] =>
  new Map([...outbox].map(([id, delivery]) => [id, delivery.targetId === targetId ? { ...delivery, notBefore: null } : delivery]))

const queued = ({ event, position, at }: Recorded<NotificationEventOf<'NotificationQueued'>>): DeliveryState => {
  const { type: _, ...delivery } = event
  return { ...delivery, position, queuedAt: at, attempts: 0, firstFailedAt: null, notBefore: null }
}

const putOff = (
  outbox: NotificationState['outbox'],
  { deliveryId, attempt }: NotificationEventOf<'DeliveryFailed'>,
  retryAfterMs: number,
  at: string,
): NotificationState['outbox'] => {
  const delivery = outbox.get(deliveryId)
  if (delivery === undefined) return outbox
  const notBefore = new Date(Date.parse(at) + retryAfterMs).toISOString()
  return new Map(outbox).set(deliveryId, { ...delivery, attempts: attempt, firstFailedAt: delivery.firstFailedAt ?? at, notBefore })
}
