/**
 * What can happen to the targets of notifications, and to the deliveries on their way to them.
 */
import * as t from 'io-ts'
import { Count, Id, nullable, Positive, Text } from '../codec/index.js'
import { Channel } from './channel.js'

/** What a target may ask to be told of. A job that was cancelled is told of by nobody: somebody wanted it so. */
export const Occasion = t.keyof({
  'backup-start': null,
  'backup-success': null,
  'backup-warning': null,
  'backup-failure': null,
  'restore-success': null,
  'restore-failure': null,
  'check-success': null,
  'check-failure': null,
  'restore-check-success': null,
  'restore-check-failure': null,
  'schedule-failure': null,
})
export type Occasion = t.TypeOf<typeof Occasion>

/** What a target is told of that does not say. */
export const defaultOccasions: ReadonlyArray<Occasion> = ['backup-failure', 'restore-failure', 'check-failure', 'schedule-failure']

/** `test`: a person asked whether the target can be reached. */
export const Notification = t.union([Occasion, t.literal('test')])
export type Notification = t.TypeOf<typeof Notification>

/** What a notification is about; null where it is about none. `detail`: what is to be told of that which has no record of its own. */
export const About = t.readonly(
  t.type({ jobId: nullable(Text), repositoryId: nullable(Id), scheduleId: nullable(Id), detail: nullable(t.string) }),
)
export type About = t.TypeOf<typeof About>

/** The repositories of which a target is told. */
export const Repositories = t.union([t.literal('all'), t.readonlyArray(Id)])
export type Repositories = t.TypeOf<typeof Repositories>

const target = { targetId: Id, name: Text, channel: Channel, occasions: t.readonlyArray(Occasion), repositories: Repositories }

const event = <N extends string, P extends t.Props>(name: N, props: P) => t.readonly(t.type({ type: t.literal(name), ...props }), name)
const ofDelivery = { deliveryId: Text, targetId: Id }

export const notificationEvents = [
  event('NotificationTargetAdded', target),
  event('NotificationTargetChanged', target),
  event('NotificationTargetRemoved', { targetId: Id }),
  /** In the commit of what it tells of, so that both are recorded or neither. The delivery's id is made of that and of the target. */
  event('NotificationQueued', { ...ofDelivery, notification: Notification, about: About }),
  event('Delivered', { ...ofDelivery, attempt: Positive }),
  /** `retryAfterMs`: when it is attempted again; null when it is given up. */
  event('DeliveryFailed', { ...ofDelivery, attempt: Positive, error: t.string, retryAfterMs: nullable(Count) }),
  /** Its target was removed before it arrived. */
  event('DeliveryDropped', ofDelivery),
] as const

export const NotificationEvent = t.union([...notificationEvents])
export type NotificationEvent = t.TypeOf<typeof NotificationEvent>
export type NotificationEventOf<T extends NotificationEvent['type']> = Extract<NotificationEvent, { readonly type: T }>
