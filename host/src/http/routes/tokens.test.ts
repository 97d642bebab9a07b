import { virtualClock } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type SseEvents, sseEvents } from '../../fixtures/sse-events.js'
import { type Answer, type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost()
})
test.after.each(() => host.close())

const tokens = '/api/v1/tokens'
const create = (body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  host.ask('POST', tokens, { body, headers })

/** Every route with the least role that it takes, as the interface says it. A route that is added shows up here. */
const least = {
  'GET /metrics': 'metrics',
  'GET /api/v1/jobs': 'viewer',
  'GET /api/v1/repositories': 'viewer',
  'GET /api/v1/schedules': 'viewer',
  'GET /api/v1/settings': 'viewer',
  'GET /api/v1/events': 'viewer',
  'GET /api/v1/audit/state': 'viewer',
  'POST /api/v1/audit/verify': 'viewer',
  'POST /api/v1/jobs': 'operator',
  'POST /api/v1/jobs/job_1/cancel': 'operator',
  'POST /api/v1/schedules/nightly/run': 'operator',
  'POST /api/v1/jobs/job_1/resolve': 'admin',
  'DELETE /api/v1/jobs/job_1': 'admin',
  'POST /api/v1/repositories': 'admin',
  'DELETE /api/v1/repositories/r': 'admin',
  'POST /api/v1/repositories/r/break-lock': 'admin',
  'POST /api/v1/schedules': 'admin',
  'PATCH /api/v1/settings': 'admin',
  'PUT /api/v1/secrets/s': 'admin',
  'GET /api/v1/scripts': 'admin',
  'GET /api/v1/notification-targets': 'admin',
  'GET /api/v1/deliveries': 'admin',
  'GET /api/v1/audit/export': 'admin',
  'GET /api/v1/tokens': 'admin',
  'POST /api/v1/tokens': 'admin',
} as const
const roles = ['metrics', 'viewer', 'operator', 'admin'] as const

test('a role opens what the table gives it, and not one route more', async () => {
  for (const [rank, role] of roles.entries()) {
    const { secret: token } = (await create({ name: role, role })).json
    for (const [route, needed] of Object.entries(least)) {
      const [method = '', path = ''] = route.split(' ')
      const { status } = await host.ask(method, path, { token, ...(method === 'GET' ? {} : { body: {} }) })
      assert.is(status === 403, rank < roles.indexOf(needed), `${role} ${route}: ${status}`)
    }
  }
})

test('a token is told with its secret once; nothing else ever tells it', async () => {
  const { status, json, headers } = await create({ id: 'ci', name: 'CI', role: 'viewer', expiresAt: '2999-01-01T00:00:00Z' })
  assert.equal([status, headers.get('Location'), headers.get('Cache-Control')], [201, `${tokens}/ci`, 'no-store'])
  const { secret, ...record } = json
  assert.match(secret, /^blt_[\w-]{43}$/)
  assert.is(record.expiresAt, '2999-01-01T00:00:00.000Z')
  assert.equal([record.createdBy, record.lastUsedAt], ['user:admin', null])
  assert.equal((await host.ask('GET', `${tokens}/ci`)).json, record)
  assert.equal((await host.ask('GET', tokens)).json, { items: [record], nextCursor: null })
  for (const path of ['events', 'audit/export', 'audit/state']) assert.not.match((await host.ask('GET', `/api/v1/${path}`)).text, secret)
})

test('what is done with a token stands in the log under its name', async () => {
  const { json } = await create({ name: "Anna's phone", role: 'admin' })
  await host.ask('PATCH', '/api/v1/settings', { token: json.secret, body: { logRetentionDays: 3 } })
  const [changed] = await host.ledger.events({ types: ['SettingsChanged'] })
  assert.is(changed?.actor, "token:Anna's phone")
  assert.match((await host.ask('GET', `${tokens}/${json.id}`)).json.lastUsedAt, /Z$/)
})

test('one that is revoked opens nothing any more, and the streams that it opened end', async () => {
  const { json } = await create({ id: 'eye', name: 'eye', role: 'viewer' })
  const follow = async (): Promise<SseEvents> => sseEvents(await host.respond('GET', '/api/v1/events/stream', { token: json.secret }))
  const followed = [await follow(), await follow()]
  const other = await host.listen('/api/v1/events/stream')
  for (const stream of [...followed, other]) await stream.next()
  assert.is((await host.ask('DELETE', `${tokens}/eye`)).status, 204)
  // The event of the revocation itself may still come: it is recorded before anybody can know of it.
  for (const stream of followed)
    for (let seen = await stream.nextMessage(); seen !== null; seen = await stream.nextMessage())
      assert.match(seen.data ?? '', '"TokenRevoked"')
  assert.is((await other.nextMessage())?.event, 'recorded', 'a stream of another token goes on')
  assert.is((await host.ask('GET', '/api/v1/jobs', { token: json.secret })).json.code, 'not-authenticated')
  assert.is((await host.ask('DELETE', `${tokens}/eye`)).json.code, 'token-not-found')
  await other.leave()
})

test('a stream that has nothing to tell ends with its token too', async () => {
  const slow = await testHost({ behaviour: 'held', heartbeatMs: 3_600_000 })
  await slow.withRepository()
  await slow.backup()
  const { id } = await slow.backup()
  const { json } = await slow.ask('POST', tokens, { body: { id: 'eye', name: 'eye', role: 'viewer' } })
  const stream = sseEvents(await slow.respond('GET', `/api/v1/jobs/${id}/stream`, { token: json.secret }))
  assert.is(JSON.parse((await stream.nextMessage())?.data ?? '').state, 'pending')
  await slow.ask('DELETE', `${tokens}/eye`)
  assert.is(await stream.nextMessage(), null)
  await slow.close()
})

test('one that has expired opens nothing, and one that expires before it begins is refused', async () => {
  const clock = virtualClock('2026-11-03T02:13:00.000Z')
  const timed = await testHost({ clock })
  const lasting = (name: string): Promise<Answer> =>
    timed.ask('POST', tokens, { body: { name, role: 'viewer', expiresAt: '2026-11-03T02:13:01Z' } })
  const { json } = await lasting('short')
  const ask = (): Promise<Answer> => timed.ask('GET', '/api/v1/settings', { token: json.secret })
  assert.is((await ask()).status, 200)
  clock.advance(1_000)
  assert.is((await ask()).json.code, 'not-authenticated')
  const past = await lasting('past')
  assert.equal([past.status, past.json.errors[0].path], [422, 'expiresAt'])
  await timed.close()
})

test('no two tokens go by one id or one name', async () => {
  await create({ id: 'a', name: 'A', role: 'viewer' })
  for (const body of [
    { id: 'a', name: 'B' },
    { id: 'b', name: 'A' },
  ]) {
    const { status, json } = await create({ ...body, role: 'viewer' })
    assert.equal([status, json.code], [409, 'id-taken'])
  }
})

test('the same key makes one token, and does not tell its secret again', async () => {
  const [body, headers] = [{ name: 'once', role: 'viewer' }, { 'Idempotency-Key': 'k' }]
  const first = await create(body, headers)
  const second = await create(body, headers)
  assert.equal([second.status, second.json], [201, { ...first.json, secret: null }])
  assert.is((await host.ask('GET', tokens)).json.items.length, 1)
})

test('each wrong field is named', async () => {
  const { status, json } = await create({ name: 'two\nlines', role: 'king', secret: 'mine' })
  assert.equal([status, json.errors.map(({ path }: { path: string }) => path).sort()], [422, ['name', 'role', 'secret']])
})

test.run()
