import type { ServerResponse } from 'node:http'
import type { Delivery } from '@borgledger/domain'
import { signatureOf } from '@borgledger/notifier'
import { type HttpTarget, httpTarget, type Respond, virtualClock } from '@borgledger/testkit'
import { filter, firstValueFrom, map, scan } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from '../borgledger.js'
import { anna, codeOf, type Place, place, startBackup, value } from '../fixtures/place.js'
import type { TargetBody } from './target-body.js'

const env = { HOOK_SECRET: 'hunter2' }
const signed = (url: string, over: Partial<TargetBody> = {}): TargetBody => ({
  id: 'hook',
  name: 'Hook',
  kind: 'webhook',
  config: { url, secret: { env: 'HOOK_SECRET' } },
  ...over,
})

interface Stage {
  readonly where: Place
  readonly target: HttpTarget
  readonly clock: ReturnType<typeof virtualClock>
  readonly open: () => Promise<Borgledger>
}

/** A folder, a target that answers as told, and a clock that stands still. */
const onStage = async (respond: Respond | undefined, use: (stage: Stage) => Promise<void>): Promise<void> => {
  const where = place()
  const target = await httpTarget(respond)
  const clock = virtualClock('2026-11-03T02:00:00.000Z')
  try {
    await use({ where, target, clock, open: () => where.open({ env, clock }) })
  } finally {
    await where.clean()
    await target.close()
  }
}

/** A ledger over a borg whose backups fail, with the target told of them. */
const failing = async ({ where, target, open }: Stage): Promise<Borgledger> => {
  const executable = await where.fake({ kind: 'fail', exitCode: 2, msgid: 'Repository.DoesNotExist', message: 'no repository' })
  const ledger = await open()
  value(await ledger.addRepository({ id: 'laptop', name: 'Laptop', location: where.repository, borg: { executable } }, anna))
  value(await ledger.addNotificationTarget(signed(target.url), anna))
  return ledger
}

/** Resolves once so many events of the type are recorded, from the beginning of the log. */
const recorded = (ledger: Borgledger, type: string, count = 1): Promise<unknown> =>
  firstValueFrom(
    ledger.eventsAfter(0).pipe(
      filter((event) => event.type === type),
      scan((seen) => seen + 1, 0),
      filter((seen) => seen === count),
      map(() => undefined),
    ),
  )
const deliveries = async (ledger: Borgledger): Promise<ReadonlyArray<Delivery>> => value(await ledger.deliveries()).items

test('a backup that fails is told to a signed webhook, with its error', () =>
  onStage(undefined, async (stage) => {
    const ledger = await failing(stage)
    const job = await startBackup(ledger, stage.where)
    await recorded(ledger, 'Delivered')
    const { error } = value(await job.record())
    const [got] = stage.target.got
    const body = JSON.parse(got?.body ?? '')
    assert.equal(
      [body.notification, body.job.id, body.job.error, body.repository],
      ['backup-failure', job.id, error, { id: 'laptop', name: 'Laptop' }],
    )
    const timestamp = String(got?.headers['x-borgledger-timestamp'])
    assert.is(got?.headers['x-borgledger-signature'], signatureOf('hunter2', timestamp, got?.body ?? ''))
    assert.equal(
      (await deliveries(ledger)).map(({ state, attempts, jobId }) => [state, attempts, jobId]),
      [['delivered', 1, job.id]],
    )
    assert.ok((await ledger.verify()).ok)
  }))

const down: Respond = (response) => response.writeHead(500).end()
const upAfter =
  (count: number): Respond =>
  (response: ServerResponse, nth) =>
    nth < count ? down(response, nth) : response.writeHead(200).end()

test('a target that is down for a while, over a restart of the host, is told once it is up, and not again', () =>
  onStage(upAfter(2), async (stage) => {
    const before = await failing(stage)
    await startBackup(before, stage.where)
    await recorded(before, 'DeliveryFailed')
    await before.close()
    const after = await stage.open()
    stage.clock.advance(10_000)
    await recorded(after, 'DeliveryFailed', 2)
    assert.is((await deliveries(after))[0]?.error, 'HTTP 500')
    stage.clock.advance(20_000)
    await recorded(after, 'Delivered')
    await after.close()
    const last = await stage.open()
    stage.clock.advance(24 * 3_600_000)
    assert.equal(
      (await deliveries(last)).map(({ state, attempts }) => [state, attempts]),
      [['delivered', 3]],
    )
    assert.is(new Set(stage.target.got.map(({ headers }) => headers['x-borgledger-delivery'])).size, 1)
    assert.is(stage.target.got.length, 3)
  }))

test('a target that never answers makes no job slower', () =>
  onStage(
    () => undefined,
    async (stage) => {
      const ledger = await failing(stage)
      for (const count of [1, 2]) {
        await startBackup(ledger, stage.where)
        await recorded(ledger, 'JobFailed', count)
      }
      assert.equal(
        (await deliveries(ledger)).map(({ state }) => state),
        ['queued', 'queued'],
      )
      await ledger.close({ drainMs: 0 })
      assert.is(stage.target.got.length, 1)
    },
  ))

test('a target is added with defaults, tested, changed and removed', () =>
  onStage(undefined, async ({ target, open }) => {
    const ledger = await open()
    const added = value(await ledger.addNotificationTarget(signed(target.url), anna))
    assert.equal([added.events, added.repositories], [['backup-failure', 'restore-failure', 'check-failure', 'schedule-failure'], 'all'])
    assert.is(codeOf(await ledger.addNotificationTarget(signed(target.url), anna)), 'id-taken')
    const tested = value(await ledger.testNotificationTarget('hook', anna))
    assert.equal([tested.notification, tested.targetId, tested.jobId], ['test', 'hook', null])
    await recorded(ledger, 'Delivered')
    assert.is(JSON.parse(target.got[0]?.body ?? '').id, tested.id)
    const changed = value(await ledger.changeNotificationTarget('hook', { name: 'H', events: [] }, anna))
    assert.equal([changed.name, changed.events, changed.config], ['H', [], added.config])
    assert.equal(await ledger.notificationTargets(), [changed])
    assert.is(codeOf(await ledger.removeNotificationTarget('hook', anna)), 'ok')
    for (const gone of [ledger.notificationTarget('hook'), ledger.testNotificationTarget('hook', anna)])
      assert.is(codeOf(await gone), 'notification-target-not-found')
    assert.is((await deliveries(ledger)).length, 1)
  }))

test('the same key makes one target, and one test', () =>
  onStage(undefined, async ({ target, open }) => {
    const ledger = await open()
    const { id: _, ...nameless } = signed(target.url)
    const keyed = (idempotencyKey: string) => ({ ...anna, idempotencyKey })
    const twice = [await ledger.addNotificationTarget(nameless, keyed('a')), await ledger.addNotificationTarget(nameless, keyed('a'))].map(
      value,
    )
    assert.equal(twice[0], twice[1])
    const { id = '' } = twice[0] ?? {}
    const tests = [await ledger.testNotificationTarget(id, keyed('b')), await ledger.testNotificationTarget(id, keyed('b'))].map(value)
    assert.is(tests[0]?.id, tests[1]?.id)
    assert.is((await deliveries(ledger)).length, 1)
  }))

test('another kind needs a configuration of its own', () =>
  onStage(undefined, async ({ target, open }) => {
    const ledger = await open()
    value(await ledger.addNotificationTarget(signed(target.url), anna))
    assert.is(codeOf(await ledger.changeNotificationTarget('hook', { kind: 'ntfy' }, anna)), 'invalid-body')
    const changed = value(await ledger.changeNotificationTarget('hook', { kind: 'ntfy', config: { topic: 'backups' } }, anna))
    assert.equal([changed.kind, changed.config], ['ntfy', { topic: 'backups' }])
  }))

test('a wrong body is refused field by field, and whatever may be a secret is not repeated', () =>
  onStage(undefined, async ({ open }) => {
    const ledger = await open()
    const wrong = async (body: object): Promise<ReadonlyArray<string>> => {
      const added = await ledger.addNotificationTarget({ ...signed('https://h/x'), ...body } as TargetBody, anna)
      assert.not.ok(added.ok)
      assert.not.match(JSON.stringify(added), /hunter2/)
      return added.ok ? [] : (added.error.errors ?? []).map(({ path }) => path)
    }
    assert.equal(await wrong({ config: { url: 'https://h/x', secret: 'hunter2' } }), ['config.secret'])
    assert.equal(await wrong({ config: { url: 'https://anna:hunter2@h/x' } }), ['config.url'])
    assert.equal(await wrong({ config: { url: 'https://h/x', token: 'hunter2' } }), ['config.token'])
    assert.equal(await wrong({ config: 'hunter2' }), ['config'])
    assert.equal(await wrong({ secret: 'hunter2' }), ['secret'])
    assert.equal(await wrong({ kind: 'apprise', config: { urls: 'mailto://hunter2' } }), ['config.urls'])
    assert.equal(await wrong({ events: ['backup-failed'], kind: 'pigeon' }), ['kind', 'events.0'])
    assert.equal(await wrong({ repositories: ['nowhere'] }), ['repositories.0'])
  }))

test.run()
