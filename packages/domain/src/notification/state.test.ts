import { afterFirst, atFirst, notificationQueued, targetAdded } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { NotificationEvent } from './events.js'
import { evolveNotifications, type NotificationState, noNotifications } from './state.js'

const queued = notificationQueued()
const { deliveryId } = queued
const attempt = (type: 'Delivered' | 'DeliveryFailed', retryAfterMs: number | null = null): NotificationEvent => {
  const tried = { deliveryId, targetId: 'phone', attempt: 1 }
  return type === 'Delivered' ? { type, ...tried } : { type, ...tried, error: 'x', retryAfterMs }
}
/** Each event a second after the one before. */
const after = (...events: ReadonlyArray<NotificationEvent>): NotificationState =>
  events.reduce(
    (state, event, index) => evolveNotifications(state, { event, position: index + 1, at: afterFirst(index * 1_000), actor: 'a' }),
    noNotifications,
  )
const waits = (...events: ReadonlyArray<NotificationEvent>) => after(queued, ...events).outbox.get(deliveryId)

test('the outbox holds what has neither arrived nor been given up', () => {
  assert.equal([waits()?.queuedAt, waits()?.attempts, waits()?.notBefore], [atFirst, 0, null])
  for (const end of [attempt('Delivered'), attempt('DeliveryFailed'), { type: 'DeliveryDropped', deliveryId, targetId: 'phone' } as const])
    assert.is(waits(end), undefined, end.type)
})

test('a failed delivery waits for its time, counted from the failure', () => {
  const waiting = waits(attempt('DeliveryFailed', 10_000))
  assert.equal([waiting?.attempts, waiting?.firstFailedAt, waiting?.notBefore], [1, afterFirst(1_000), afterFirst(11_000)])
})

test('a target that was changed is attempted at once, and no other', () => {
  const { type: _, ...phone } = targetAdded()
  const changed = { type: 'NotificationTargetChanged', ...phone } as const
  assert.is(waits(attempt('DeliveryFailed', 10_000), changed)?.notBefore, null)
  assert.is(waits(attempt('DeliveryFailed', 10_000), { ...changed, targetId: 'mail' })?.notBefore, afterFirst(11_000))
})

test('a removed target is gone', () => {
  assert.is(after(targetAdded()).targets.size, 1)
  assert.is(after(targetAdded(), { type: 'NotificationTargetRemoved', targetId: 'phone' }).targets.size, 0)
})

test.run()
