import type { EventType } from '@borgledger/domain'
import { scriptedNotifier } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { firstValueFrom } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, requestBackup, type Scene } from '../fixtures/running-engine.js'
import { actor, attemptsMade, failing, restart, told } from '../fixtures/telling.js'

const heardType = async ({ store }: Scene, type: EventType): Promise<void> => {
  await firstValueFrom(store.follow([{ types: [type] }], 0))
}

test('what was under way when the host ended is told by the next one, and what was taken is not told again', async () => {
  const hanging = scriptedNotifier(() => 'hang')
  const before = await failing(hanging, 'phone')
  await requestBackup(before, 'job_1')
  await attemptsMade(hanging, 1)
  await before.engine.close(0)
  const next = scriptedNotifier()
  const after = await restart(before, next)
  await told(after, 'phone', 'Delivered')
  assert.equal(
    next.attempts.map(({ message }) => message),
    hanging.attempts.map(({ message }) => message),
  )
  await after.engine.close(0)
  const last = scriptedNotifier()
  await (await restart(after, last)).engine.close(0)
  assert.equal(last.attempts, [])
})

test('a pause that was begun before a restart is kept after it', async () => {
  const before = await failing(
    scriptedNotifier(() => 'down'),
    'phone',
  )
  await requestBackup(before, 'job_1')
  await told(before, 'phone', 'DeliveryFailed')
  await before.engine.close(0)
  const notifier = scriptedNotifier()
  const after = await restart(before, notifier)
  after.clock.advance(9_999)
  assert.equal(notifier.attempts, [])
  after.clock.advance(1)
  await told(after, 'phone', 'Delivered')
  await after.engine.close(0)
})

test('a host that ends lets an attempt under way arrive', async () => {
  const notifier = scriptedNotifier(() => 'hang')
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  await attemptsMade(notifier, 1)
  await heard(scene, 'job_1', 'JobFailed')
  const closed = scene.engine.close(Number.MAX_SAFE_INTEGER)
  await heardType(scene, 'DispatchClosed')
  notifier.release()
  await closed
  await told(scene, 'phone', 'Delivered')
})

test('a visitor that runs no jobs tells nobody anything', async () => {
  const before = await failing(
    scriptedNotifier(() => 'down'),
    'phone',
  )
  await requestBackup(before, 'job_1')
  await told(before, 'phone', 'DeliveryFailed')
  await before.engine.close(0)
  before.clock.advance(60_000)
  const notifier = scriptedNotifier()
  const visit = await openScene({ ...before, notifier, runsJobs: false })
  const submitted = await visit.engine.submit({ command: { type: 'TestNotificationTarget', targetId: 'phone', testId: 'test_1' }, actor })()
  assert.ok(E.isRight(submitted))
  await visit.engine.close(0)
  assert.equal(notifier.attempts, [])
})

test.run()
