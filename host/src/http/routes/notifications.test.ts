import { type HttpTarget, httpTarget } from '@borgledger/testkit'
import { filter, firstValueFrom } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
let target: HttpTarget
test.before.each(async () => {
  target = await httpTarget()
  host = await testHost({ secretKey: 'sixteen bytes or more' })
})
test.after.each(async () => {
  await host.close()
  await target.close()
})

const targets = '/api/v1/notification-targets'
const hook = (id: string) => ({ id, name: id.toUpperCase(), kind: 'webhook', config: { url: target.url, secret: { secret: 'hook' } } })
const recorded = (type: string) => firstValueFrom(host.ledger.eventsAfter(0).pipe(filter((event) => event.type === type)))

test('a target is added, shown, changed and removed', async () => {
  const made = await host.ask('POST', targets, { body: hook('phone') })
  assert.equal([made.status, made.json.id, made.headers.get('Location')], [201, 'phone', `${targets}/phone`])
  assert.equal(made.json.events, ['backup-failure', 'restore-failure', 'check-failure', 'schedule-failure'])
  assert.equal([made.json.repositories, made.json.config], ['all', hook('phone').config])
  const changed = await host.ask('PATCH', `${targets}/phone`, { body: { events: ['backup-start'] } })
  assert.equal([changed.status, changed.json.events, changed.json.name], [200, ['backup-start'], 'PHONE'])
  assert.equal((await host.ask('GET', `${targets}/phone`)).json, changed.json)
  assert.is((await host.ask('DELETE', `${targets}/phone`)).status, 204)
  for (const [method, path] of [
    ['GET', `${targets}/phone`],
    ['DELETE', `${targets}/phone`],
    ['POST', `${targets}/phone/test`],
  ] as const) {
    const { status, json } = await host.ask(method, path)
    assert.equal([status, json.code], [404, 'notification-target-not-found'])
  }
})

test('an id is taken once, and targets are listed by id, in pages', async () => {
  for (const id of ['b', 'a', 'c']) await host.ask('POST', targets, { body: hook(id) })
  assert.equal((await host.ask('POST', targets, { body: hook('a') })).json.code, 'id-taken')
  const first = (await host.ask('GET', `${targets}?limit=2`)).json
  const second = (await host.ask('GET', `${targets}?limit=2&cursor=${first.nextCursor}`)).json
  assert.equal(
    [...first.items, ...second.items].map(({ id }) => id),
    ['a', 'b', 'c'],
  )
})

test('a test is told to its target, signed with a secret of the store, and its delivery is listed', async () => {
  await host.ask('PUT', '/api/v1/secrets/hook', { body: { value: 'hunter2' } })
  await host.ask('POST', targets, { body: hook('phone') })
  const tested = await host.ask('POST', `${targets}/phone/test`)
  assert.equal([tested.status, tested.json.notification, tested.json.targetId], [201, 'test', 'phone'])
  await recorded('Delivered')
  assert.match(String(target.got[0]?.headers['x-borgledger-signature']), /^sha256=[0-9a-f]{64}$/)
  const { items } = (await host.ask('GET', '/api/v1/deliveries?targetId=phone')).json
  assert.equal([items.length, items[0].id, items[0].state], [1, tested.json.id, 'delivered'])
  assert.equal((await host.ask('GET', '/api/v1/deliveries?targetId=mail')).json, { items: [], nextCursor: null })
})

test('a failed delivery says why, without a word of the secret', async () => {
  await host.ask('POST', targets, { body: hook('phone') })
  await host.ask('POST', `${targets}/phone/test`)
  await recorded('DeliveryFailed')
  const [delivery] = (await host.ask('GET', '/api/v1/deliveries')).json.items
  assert.equal([delivery.state, delivery.attempts], ['queued', 1])
  assert.is(delivery.error, 'the secret from the secret hook cannot be had: there is no secret hook')
  assert.is(Date.parse(delivery.nextAttemptAt) - Date.parse(delivery.lastAttemptAt), 10_000)
})

test('deliveries are listed newest first, in pages, and a cursor of another list is none', async () => {
  await host.ask('POST', targets, { body: hook('phone') })
  const made = []
  for (const _ of [1, 2, 3]) made.push((await host.ask('POST', `${targets}/phone/test`)).json.id)
  const first = (await host.ask('GET', '/api/v1/deliveries?limit=2')).json
  const second = (await host.ask('GET', `/api/v1/deliveries?limit=2&cursor=${first.nextCursor}`)).json
  assert.equal(
    [...first.items, ...second.items].map(({ id }) => id),
    made.reverse(),
  )
  assert.is((await host.ask('GET', '/api/v1/deliveries?cursor=x')).status, 400)
})

test('a wrong body is refused field by field, and a secret that came in plain is not repeated', async () => {
  const { status, json, text } = await host.ask('POST', targets, {
    body: { ...hook('phone'), config: { url: target.url, secret: 'hunter2' } },
  })
  assert.equal([status, json.code, json.errors[0].path], [422, 'invalid-body', 'config.secret'])
  assert.not.match(text, /hunter2/)
})

test('only admins see and change targets and deliveries', async () => {
  for (const [method, path] of [
    ['GET', targets],
    ['POST', targets],
    ['GET', `${targets}/x`],
    ['PATCH', `${targets}/x`],
    ['DELETE', `${targets}/x`],
    ['POST', `${targets}/x/test`],
    ['GET', '/api/v1/deliveries'],
  ] as const)
    assert.is((await host.ask(method, path, { token: 'viewer-token' })).status, 403, `${method} ${path}`)
})

test.run()
