import type { DomainEvent, EventType, Recorded } from '@borgledger/domain'
import { type ScriptedNotifier, scriptedNotifier, scriptedRunner } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { filter, firstValueFrom, map, take, toArray } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../feed/decode.js'
import { heard, openScene, register, requestBackup, type Scene } from '../fixtures/running-engine.js'

const actor = 'user:anna'
const target = (targetId: string, url = `https://hooks.example/${targetId}`) =>
  ({ targetId, name: targetId, channel: { kind: 'webhook', config: { url } }, occasions: ['backup-failure'], repositories: 'all' }) as const
const addTarget = ({ engine }: Scene, targetId: string) =>
  engine.submit({ command: { type: 'AddNotificationTarget', ...target(targetId) }, actor })()

/** A ledger whose backups fail, with these targets. */
const failing = async (notifier: ScriptedNotifier, ...targets: ReadonlyArray<string>): Promise<Scene> => {
  const scene = await openScene({ notifier, runner: scriptedRunner({ does: 'fail' }) })
  await register(scene)
  for (const targetId of targets) await addTarget(scene, targetId)
  return scene
}
const restart = ({ store, runner, clock, ids, readModels }: Scene, notifier: ScriptedNotifier): Promise<Scene> =>
  openScene({ store, runner, clock, ids, readModels, notifier })

/** Resolves with the first `count` events of the type that are about the target, once the state holds them. */
const told = async (scene: Scene, targetId: string, type: EventType, count = 1): Promise<ReadonlyArray<DomainEvent>> => {
  const events$ = scene.store
    .follow([{ types: [type], tags: [`notification-target:${targetId}`] }], 0)
    .pipe(map((recorded) => decodePage([recorded])[0] as Recorded<DomainEvent>))
  const found = await firstValueFrom(events$.pipe(take(count), toArray()))
  const position = found.at(-1)?.position ?? 0
  const { state, committed$ } = scene.engine
  if (state().position < position) await firstValueFrom(committed$.pipe(filter((recorded) => recorded.position === position)))
  return found.map(({ event }) => event)
}
const attemptsMade = async (notifier: ScriptedNotifier, count: number): Promise<void> => {
  const missing = count - notifier.attempts.length
  if (missing > 0) await firstValueFrom(notifier.attempted$.pipe(take(missing), toArray()))
}
const outboxOf = ({ engine }: Scene): ReadonlyArray<string> => [...engine.state().notifications.outbox.keys()]
const sentTo = (notifier: ScriptedNotifier, targetId: string): number =>
  notifier.attempts.filter(({ channel }) => JSON.stringify(channel).includes(`/${targetId}"`)).length

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

const heardType = async ({ store }: Scene, type: EventType): Promise<void> => {
  await firstValueFrom(store.follow([{ types: [type] }], 0))
}

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
