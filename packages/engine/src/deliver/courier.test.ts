import { scriptedNotifier } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, requestBackup } from '../fixtures/running-engine.js'
import { actor, addTarget, attemptsMade, failing, outboxOf, sentTo, target, told, waitedFor } from '../fixtures/telling.js'

test('a job that fails is told to its target, with what the log holds of it', async () => {
  const notifier = scriptedNotifier()
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  await told(scene, 'phone', 'Delivered')
  const [sent] = notifier.attempts
  assert.equal([sent?.message.id, sent?.message.notification], ['job_1:backup-failure:phone', 'backup-failure'])
  assert.equal([sent?.message.job?.state, sent?.message.repository], ['failed', { id: 'laptop', name: 'laptop' }])
  assert.equal([notifier.attempts.length, outboxOf(scene)], [1, []])
  await scene.engine.close(0)
})

test('a target that is down is tried again with growing pauses until it takes the message: nothing lost, nothing twice', async () => {
  const notifier = scriptedNotifier((_, nth) => (nth < 3 ? 'down' : 'ok'))
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  for (const [index, pauseMs] of [10_000, 20_000, 40_000].entries()) {
    await told(scene, 'phone', 'DeliveryFailed', index + 1)
    await waitedFor(scene, new Date(Date.parse(scene.clock.now()) + pauseMs).toISOString())
    scene.clock.advance(pauseMs - 1)
    assert.is(notifier.attempts.length, index + 1)
    scene.clock.advance(1)
    await attemptsMade(notifier, index + 2)
  }
  await told(scene, 'phone', 'Delivered')
  assert.is(new Set(notifier.attempts.map(({ message }) => message.id)).size, 1)
  scene.clock.advance(24 * 3_600_000)
  assert.is(notifier.attempts.length, 4)
  await scene.engine.close(0)
})

test('a target that never answers keeps neither another target nor a job waiting', async () => {
  const notifier = scriptedNotifier(({ channel }) => (JSON.stringify(channel).includes('slow') ? 'hang' : 'ok'))
  const scene = await failing(notifier, 'slow', 'quick')
  await requestBackup(scene, 'job_1')
  await requestBackup(scene, 'job_2')
  await heard(scene, 'job_2', 'JobFailed')
  await told(scene, 'quick', 'Delivered', 2)
  assert.equal(outboxOf(scene), ['job_1:backup-failure:slow', 'job_2:backup-failure:slow'])
  assert.is(sentTo(notifier, 'slow'), 1, 'one attempt at a time')
  notifier.release()
  await attemptsMade(notifier, 4)
  notifier.release()
  await told(scene, 'slow', 'Delivered', 2)
  await scene.engine.close(0)
})

test('a start is told as it was, also when the job is over by the time', async () => {
  const notifier = scriptedNotifier((_, nth) => (nth === 0 ? 'down' : 'ok'))
  const scene = await failing(notifier)
  await addTarget(scene, 'phone', { occasions: ['backup-start'] })
  await requestBackup(scene, 'job_1')
  await told(scene, 'phone', 'DeliveryFailed')
  await heard(scene, 'job_1', 'JobFailed')
  scene.clock.advance(10_000)
  await told(scene, 'phone', 'Delivered')
  assert.equal(
    notifier.attempts.map(({ message }) => [message.notification, message.job?.state]),
    [
      ['backup-start', 'running'],
      ['backup-start', 'running'],
    ],
  )
  await scene.engine.close(0)
})

test('a target that refuses is given up after a few attempts, and a notifier that throws is like one that fails', async () => {
  const notifier = scriptedNotifier((_, nth) => (nth === 0 ? 'throw' : 'refuse'))
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  for (const [index, pauseMs] of [10_000, 20_000].entries()) {
    await told(scene, 'phone', 'DeliveryFailed', index + 1)
    scene.clock.advance(pauseMs)
  }
  const failures = await told(scene, 'phone', 'DeliveryFailed', 3)
  assert.equal(
    failures.map((event) => event.type === 'DeliveryFailed' && [event.error, event.retryAfterMs]),
    [
      ['it could not be sent: no such notifier', 10_000],
      ['HTTP 404', 20_000],
      ['HTTP 404', null],
    ],
  )
  assert.equal([outboxOf(scene), notifier.attempts.length], [[], 3])
  await scene.engine.close(0)
})

test('a target that was put right is tried at once', async () => {
  const notifier = scriptedNotifier((_, nth) => (nth === 0 ? 'down' : 'ok'))
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  await told(scene, 'phone', 'DeliveryFailed')
  const command = { type: 'ChangeNotificationTarget', ...target('phone', 'https://hooks.example/right') } as const
  await scene.engine.submit({ command, actor })()
  await told(scene, 'phone', 'Delivered')
  assert.is(sentTo(notifier, 'right'), 1)
  await scene.engine.close(0)
})

test('a target that is removed while it is told is heard of no more', async () => {
  const notifier = scriptedNotifier(() => 'hang')
  const scene = await failing(notifier, 'phone')
  await requestBackup(scene, 'job_1')
  await attemptsMade(notifier, 1)
  await heard(scene, 'job_1', 'JobFailed')
  await scene.engine.submit({ command: { type: 'RemoveNotificationTarget', targetId: 'phone' }, actor })()
  notifier.release()
  await scene.engine.close(0)
  const types: string[] = []
  for await (const page of scene.store.read([{ tags: ['notification-target:phone'] }])) types.push(...page.map(({ type }) => type))
  assert.equal(types, ['NotificationTargetAdded', 'NotificationQueued', 'DeliveryDropped', 'NotificationTargetRemoved'])
})

test.run()
