/**
 * What can be asked about notification targets, and what the engine reports of deliveries.
 */
import * as t from 'io-ts'
import { Id, nullable, Positive, Text } from '../codec/index.js'
import { Channel } from './channel.js'
import { Occasion, Repositories } from './events.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) => t.readonly(t.type({ type: t.literal(name), ...props }), name)

const target = { targetId: Id, name: Text, channel: Channel, occasions: t.readonlyArray(Occasion), repositories: Repositories }

/** `permanent`: the target understood and refused, so that trying often makes no sense. `message` holds no secret. */
export const DeliveryProblem = t.readonly(t.type({ message: t.string, permanent: t.boolean }))
export type DeliveryProblem = t.TypeOf<typeof DeliveryProblem>

export const notificationCommands = [
  command('AddNotificationTarget', target),
  command('ChangeNotificationTarget', target),
  command('RemoveNotificationTarget', { targetId: Id }),
  /** `testId` tells this test from others of the target. */
  command('TestNotificationTarget', { targetId: Id, testId: Text }),
  /** How an attempt went; `problem` null: it arrived. */
  command('ReportDelivery', { deliveryId: Text, attempt: Positive, problem: nullable(DeliveryProblem) }),
] as const

export const NotificationCommand = t.union([...notificationCommands])
export type NotificationCommand = t.TypeOf<typeof NotificationCommand>
export type NotificationCommandOf<T extends NotificationCommand['type']> = Extract<NotificationCommand, { readonly type: T }>
