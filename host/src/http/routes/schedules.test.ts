import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost()
  await host.withRepository()
})
test.after.each(() => host.close())

const schedules = '/api/v1/schedules'
const bodyOf = (id: string, over: object = {}) => ({
  id,
  name: id,
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  enabled: true,
  job: { type: 'backup', repositoryId: 'laptop', sources: [host.folder] },
  ...over,
})

test('a schedule is added, shown, changed, looked ahead and removed', async () => {
  const made = await host.ask('POST', schedules, { body: bodyOf('nightly') })
  assert.equal([made.status, made.json.id, made.headers.get('Location')], [201, 'nightly', `${schedules}/nightly`])
  assert.equal((await host.ask('GET', `${schedules}/nightly`)).json, made.json)
  const ahead = await host.ask('GET', `${schedules}/nightly/preview?count=3`)
  assert.equal([ahead.status, ahead.json.items.length, ahead.json.items[0]], [200, 3, made.json.nextDueAt])
  const changed = await host.ask('PATCH', `${schedules}/nightly`, { body: { enabled: false } })
  assert.equal([changed.status, changed.json.enabled, changed.json.nextDueAt], [200, false, null])
  assert.equal((await host.ask('GET', schedules)).json, { items: [changed.json], nextCursor: null })
  assert.equal((await host.ask('GET', `${schedules}/nightly/ticks`)).json, { items: [], nextCursor: null })
  assert.is((await host.ask('DELETE', `${schedules}/nightly`)).status, 204)
  for (const path of ['', '/preview', '/ticks']) {
    const gone = await host.ask('GET', `${schedules}/nightly${path}`)
    assert.equal([gone.status, gone.json.code], [404, 'schedule-not-found'])
  }
})

test('run by hand it answers with its job, which is listed under the schedule', async () => {
  await host.ask('POST', schedules, { body: bodyOf('nightly') })
  const run = await host.ask('POST', `${schedules}/nightly/run`)
  assert.equal([run.status, run.json.trigger], [202, { kind: 'manual', scheduleId: 'nightly' }])
  assert.is(run.headers.get('Location'), `/api/v1/jobs/${run.json.id}`)
  await host.finished(run.json)
  const listed = await host.ask('GET', '/api/v1/jobs?scheduleId=nightly')
  assert.equal(
    listed.json.items.map(({ id }: { id: string }) => id),
    [run.json.id],
  )
})

test('what became of due instants comes in pages, newest first', async () => {
  await host.ask('POST', schedules, { body: bodyOf('often', { cron: '* * * * * *' }) })
  const shown = async () => (await host.ask('GET', `${schedules}/often/ticks?limit=1`)).json
  let first = await shown()
  for (const endMs = Date.now() + 60_000; first.nextCursor === null && Date.now() < endMs; first = await shown()) await nextTurn()
  await host.ask('PATCH', `${schedules}/often`, { body: { enabled: false } })
  const second = (await host.ask('GET', `${schedules}/often/ticks?limit=1&cursor=${first.nextCursor}`)).json
  assert.ok(second.items[0].dueAt < first.items[0].dueAt)
  assert.is((await host.ask('GET', `${schedules}/often/ticks?cursor=x`)).json.code, 'malformed-request')
})

test('a wrong cron expression and a wrong zone are refused field by field, and an id is taken once', async () => {
  const wrong = await host.ask('POST', schedules, { body: bodyOf('x', { cron: '* * *', timeZone: 'Mars/Olympus' }) })
  assert.equal([wrong.status, wrong.json.code], [422, 'invalid-body'])
  assert.equal(
    wrong.json.errors.map(({ path }: { path: string }) => path),
    ['cron', 'timeZone'],
  )
  await host.ask('POST', schedules, { body: bodyOf('x') })
  const taken = await host.ask('POST', schedules, { body: bodyOf('x') })
  assert.equal([taken.status, taken.json.code], [409, 'id-taken'])
  for (const count of ['0', '1001', 'x']) assert.is((await host.ask('GET', `${schedules}/x/preview?count=${count}`)).status, 400, count)
})

test('a viewer looks, and does nothing else', async () => {
  await host.ask('POST', schedules, { body: bodyOf('x') })
  const token = 'viewer-token'
  for (const path of ['', '/x', '/x/preview', '/x/ticks']) assert.is((await host.ask('GET', schedules + path, { token })).status, 200, path)
  assert.is((await host.ask('POST', `${schedules}/x/run`, { token })).status, 403)
  assert.is((await host.ask('POST', schedules, { token, body: bodyOf('y') })).status, 403)
  assert.is((await host.ask('PATCH', `${schedules}/x`, { token, body: {} })).status, 403)
  assert.is((await host.ask('DELETE', `${schedules}/x`, { token })).status, 403)
})

test.run()
