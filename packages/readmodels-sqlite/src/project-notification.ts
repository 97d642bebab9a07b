/** What an event of a target or of a delivery changes in their tables. */
import { type Delivery, foldDelivery, foldTarget, type NotificationEvent, type NotificationTarget, type Recorded } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import type { Rows } from './rows.js'

/** With the position at which it was queued, by which deliveries are listed. */
export interface DeliveryRow {
  readonly queued: Position
  readonly delivery: Delivery
}

export interface NotificationTables {
  readonly targets: Rows<NotificationTarget>
  readonly deliveries: Rows<DeliveryRow>
}

export const projectNotification = ({ targets, deliveries }: NotificationTables, recorded: Recorded<NotificationEvent>): void => {
  const { event, position } = recorded
  if (!('deliveryId' in event)) {
    targets.set(event.targetId, foldTarget({ ...recorded, event }))
    return
  }
  const row = deliveries.get(event.deliveryId)
  const delivery = foldDelivery(row?.delivery, { ...recorded, event })
  if (delivery !== undefined) deliveries.set(event.deliveryId, { queued: row?.queued ?? position, delivery })
}
