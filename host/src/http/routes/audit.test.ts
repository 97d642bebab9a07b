import { join } from 'node:path'
import { jobFixture, until } from '@borgledger/testkit'
import { importLog } from 'borgledger'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type SseEvent, sseEvents } from '../../fixtures/sse-events.js'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

const test = suite('audit routes')
let host: TestHost
test.before.each(async () => {
  host = await testHost()
  await host.withRepository()
})
test.after.each(() => host.close())

const get = (path: string) => host.ask('GET', `/api/v1${path}`)

test('a list and a job are shown as they were at a position or an instant', async () => {
  const job = await host.finished(await host.backup())
  await until(() => Date.now() > Date.parse(job.finishedAt ?? ''), 'its end is past')
  await host.ask('DELETE', `/api/v1/jobs/${job.id}`)
  const { items } = (await get(`/jobs/${job.id}/events`)).json
  const at = (type: string) => items.find((event: { type: string }) => event.type === type)
  const started = at('JobStarted')
  const then = (await get(`/jobs?at=${started.position}`)).json.items
  assert.equal([then.length, then[0].id, then[0].state], [1, job.id, 'running'])
  assert.is((await get(`/jobs?at=${started.position}&state=completed`)).json.items.length, 0)
  assert.is((await get(`/jobs/${job.id}?at=${at('JobCompleted').position}`)).json.state, 'completed')
  assert.is((await get(`/jobs/${job.id}?at=${encodeURIComponent(at('JobCompleted').at)}`)).json.state, 'completed')
  const before = await get(`/jobs/${job.id}?at=${at('JobRequested').position - 1}`)
  assert.equal([before.status, before.json.code], [404, 'job-not-found'])
  const after = await get(`/jobs/${job.id}?at=${at('JobEntryDeleted').position}`)
  assert.equal([after.status, after.json.code], [410, 'entry-deleted'])
})

test('a moment that is none, and one that is not yet, are refused', async () => {
  for (const at of ['yesterday', '-1', '1000000', '2026-11-03']) {
    const { status, json } = await get(`/jobs?at=${at}`)
    assert.equal([status, json.code], [400, 'malformed-request'], at)
  }
})

test('repositories, schedules and settings are shown as they were', async () => {
  const schedule = { id: 'nightly', name: 'Nightly', cron: '0 2 * * *', timeZone: 'UTC', enabled: true }
  const job = { type: 'backup', repositoryId: 'laptop', sources: [host.folder] }
  assert.is((await host.ask('POST', '/api/v1/schedules', { body: { ...schedule, job } })).status, 201)
  const at = host.ledger.position()
  const paths = ['/repositories', '/repositories/laptop', '/schedules', '/schedules/nightly', '/settings']
  const before = await Promise.all(paths.map(get))
  await host.ask('PATCH', '/api/v1/schedules/nightly', { body: { cron: '30 4 * * *' } })
  await host.ask('PATCH', '/api/v1/repositories/laptop', { body: { name: 'Other' } })
  await host.ask('PATCH', '/api/v1/settings', { body: { staleCheckAfterMs: 60_000 } })
  await host.ask('DELETE', '/api/v1/schedules/nightly')
  for (const [index, path] of paths.entries()) {
    const now = await get(path)
    const then = await get(`${path}?at=${at}`)
    assert.equal([then.status, then.json], [200, before[index]?.json], path)
    assert.not.equal(now.json, then.json, path)
  }
  for (const path of ['/repositories', '/schedules']) assert.equal((await get(`${path}?at=1`)).json, { items: [], nextCursor: null }, path)
  const missing = [await get('/repositories/laptop?at=1'), await get('/schedules/nightly?at=1'), await get('/settings?at=soon')]
  assert.equal(
    missing.map(({ status, json }) => [status, json.code]),
    [
      [404, 'repository-not-found'],
      [404, 'schedule-not-found'],
      [400, 'malformed-request'],
    ],
  )
})

test('the state at a moment says who held what', async () => {
  const job = await host.finished(await host.backup())
  const { items } = (await get(`/jobs/${job.id}/events`)).json
  const { position } = items.find((event: { type: string }) => event.type === 'JobStarted')
  const { json } = await get(`/audit/state?at=${position}`)
  assert.equal([json.position, json.running, json.slots[0].jobs, json.claims.length], [position, [job.id], [job.id], 1])
  assert.equal((await get('/audit/state')).json.running, [])
})

test('who accepts a stream of events hears how far verification is, and then the verdict of everybody else', async () => {
  await host.logRemoved(await host.backup())
  const plain = await host.ask('POST', '/api/v1/audit/verify')
  const streamed = sseEvents(await host.respond('POST', '/api/v1/audit/verify', { headers: { Accept: 'text/event-stream' } }))
  assert.match(streamed.response.headers.get('Content-Type') ?? '', /^text\/event-stream/)
  const messages: SseEvent[] = []
  for (let seen = await streamed.nextMessage(); seen !== null; seen = await streamed.nextMessage()) messages.push(seen)
  const [last, ...before] = messages.reverse()
  assert.equal([last?.event, JSON.parse(last?.data ?? ''), plain.json.ok], ['verdict', plain.json, true])
  assert.ok(before.length > 0 && before.every(({ event }) => event === 'progress'))
  for (const { data } of before) {
    const { position, of } = JSON.parse(data ?? '')
    assert.ok(position >= 0 && position <= of && of === host.ledger.position(), data)
  }
})

test('a history is decided anew under other settings', async () => {
  await host.finished(await host.backup())
  const ask = async (body: unknown) => (await host.ask('POST', '/api/v1/audit/what-if', { body })).json
  assert.is((await ask({})).identical, true)
  const { differences } = await ask({ settings: { maxConcurrentManualBackups: 0 } })
  assert.equal([differences.startedLater, differences.endedOtherwise], [1, 1])
  assert.equal((await ask({ settings: { colour: 'red' } })).errors[0].path, 'settings.colour')
})

test('a job and a repository are explained in sentences', async () => {
  const job = await host.finished(await host.backup())
  const { items } = (await get(`/audit/explain/jobs/${job.id}`)).json
  assert.match(items[0].sentence, /^A backup of .* was asked for, by user:admin\.$/)
  assert.equal(Object.keys(items[0]), ['position', 'at', 'sentence'])
  assert.match((await get('/audit/explain/repositories/laptop')).json.summary, `${job.id} completed with success`)
  const unknown = [
    ['jobs/job_no', 404],
    ['repositories/no', 404],
    ['schedules/s?dueAt=2026-11-03T02:00:00Z', 404],
    ['schedules/s', 400],
  ] as const
  for (const [path, status] of unknown) assert.is((await get(`/audit/explain/${path}`)).status, status, path)
})

test('a signed head holds, and a changed one does not', async () => {
  const head = await get('/audit/head')
  assert.is(head.status, 200)
  const check = (body: unknown) => host.ask('POST', '/api/v1/audit/head', { body })
  assert.is((await check(head.json)).json.ok, true)
  assert.is((await check({ ...head.json, position: 1 })).json.ok, false)
  assert.is((await check({ position: 1 })).status, 422)
})

test('the log that is given out is taken in elsewhere, position by position; only an admin gets it', async () => {
  await host.ledger.changeSettings({ logSavePolicy: 'all' }, { actor: 'user:anna' })
  const job = await host.finished(await host.backup())
  const { text, headers } = await get('/audit/export')
  assert.is(headers.get('Content-Type'), 'application/x-ndjson')
  const lines = async function* () {
    yield* text.trimEnd().split('\n')
  }
  const taken = await importLog(join(host.folder, 'other'), lines())
  assert.equal(taken, { ok: true, value: host.ledger.position() })
  const fixture = jobFixture((await get(`/audit/export?jobId=${job.id}`)).text)
  assert.equal([fixture[0]?.event.type, fixture.at(-1)?.event.type], ['JobRequested', 'JobCompleted'])
  assert.is((await host.ask('GET', '/api/v1/audit/export', { token: 'viewer-token' })).status, 403)
})

test.run()
