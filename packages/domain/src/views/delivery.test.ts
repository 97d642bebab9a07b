import { afterFirst, atFirst, notificationQueued, targetAdded } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Delivery, foldDelivery } from './delivery.js'
import { foldTarget } from './target.js'

type Fold = Parameters<typeof foldDelivery>[1]['event']
const { deliveryId, targetId } = notificationQueued()
/** Each event a second after the one before. */
const shown = (...events: ReadonlyArray<Fold>): Delivery | undefined =>
  [notificationQueued(), ...events].reduce<Delivery | undefined>(
    (delivery, event, index) => foldDelivery(delivery, { event, position: index + 1, at: afterFirst(index * 1_000), actor: 'a' }),
    undefined,
  )
const failed = (attempt: number, retryAfterMs: number | null): Fold => ({
  type: 'DeliveryFailed',
  deliveryId,
  targetId,
  attempt,
  error: 'HTTP 500',
  retryAfterMs,
})

test('a queued delivery says what is told to whom', () => {
  assert.equal(shown(), {
    id: 'job_1:backup-failure:phone',
    targetId: 'phone',
    notification: 'backup-failure',
    jobId: 'job_1',
    repositoryId: 'laptop',
    scheduleId: null,
    state: 'queued',
    attempts: 0,
    error: null,
    queuedAt: atFirst,
    lastAttemptAt: null,
    nextAttemptAt: null,
    position: 1,
  })
})

test('an attempt that failed is shown with the next one, until there is none', () => {
  const once = shown(failed(1, 10_000))
  assert.equal([once?.state, once?.attempts, once?.error], ['queued', 1, 'HTTP 500'])
  assert.equal([once?.lastAttemptAt, once?.nextAttemptAt], [afterFirst(1_000), afterFirst(11_000)])
  const last = shown(failed(1, 10_000), failed(2, null))
  assert.equal([last?.state, last?.attempts, last?.error, last?.nextAttemptAt], ['failed', 2, 'HTTP 500', null])
})

test('what arrived has no error any more, and what was dropped no next attempt', () => {
  const arrived = shown(failed(1, 10_000), { type: 'Delivered', deliveryId, targetId, attempt: 2 })
  assert.equal([arrived?.state, arrived?.attempts, arrived?.error, arrived?.nextAttemptAt], ['delivered', 2, null, null])
  const dropped = shown(failed(1, 10_000), { type: 'DeliveryDropped', deliveryId, targetId })
  assert.equal([dropped?.state, dropped?.error, dropped?.nextAttemptAt], ['dropped', 'HTTP 500', null])
})

test('a target is shown with references, never secrets', () => {
  const meta = { position: 7, at: atFirst, actor: 'a' }
  assert.equal(foldTarget({ event: targetAdded(), ...meta }), {
    id: 'phone',
    name: 'phone',
    kind: 'webhook',
    config: { url: 'https://hooks.example/x', secret: { env: 'HOOK_SECRET' } },
    events: ['backup-failure'],
    repositories: 'all',
    position: 7,
  })
  assert.is(foldTarget({ event: { type: 'NotificationTargetRemoved', targetId: 'phone' }, ...meta }), undefined)
})

test.run()
