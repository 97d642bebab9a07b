import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost()
  await host.withRepository()
})
test.after.each(() => host.close())

const events = '/api/v1/events'
const stream = `${events}/stream`
const head = () => host.ledger.position()
const change = (limit: number) => host.ask('PATCH', '/api/v1/settings', { body: { maxConcurrentManualBackups: limit } })

test('the log is read in pages, in order, by type and by tag', async () => {
  await host.logRemoved(await host.backup())
  const all: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: { position: number }[]; nextCursor: string | null } = (
      await host.ask('GET', `${events}?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ).json
    all.push(...page.items.map(({ position }) => position))
    cursor = page.nextCursor
  }
  assert.equal(
    all,
    Array.from({ length: head() }, (_, index) => index + 1),
  )
  const registered = (await host.ask('GET', `${events}?type=RepositoryRegistered&type=JobRequested&tag=repository:laptop`)).json.items
  assert.equal(
    registered.map(({ type }: { type: string }) => type),
    ['RepositoryRegistered', 'JobRequested'],
  )
  assert.equal((await host.ask('GET', `${events}?after=${head() + 5}`)).json, { items: [], nextCursor: null })
})

test('a stream begins with what is recorded next', async () => {
  const live = await host.listen(stream)
  assert.is((await live.next())?.comment, 'open')
  await change(5)
  const told = await live.nextMessage()
  assert.equal([told?.event, told?.id, JSON.parse(told?.data ?? '').type], ['recorded', String(head()), 'SettingsChanged'])
  await live.leave()
})

test('a client that comes back is told what it missed, each once, and then goes on live', async () => {
  await change(5)
  const back = await host.listen(stream, { 'Last-Event-ID': '1' })
  const ids: string[] = []
  for (let id = 2; id <= head(); id += 1) ids.push((await back.nextMessage())?.id ?? 'end')
  await change(6)
  ids.push((await back.nextMessage())?.id ?? 'end')
  assert.equal(
    ids,
    Array.from({ length: head() - 1 }, (_, index) => String(index + 2)),
  )
  await back.leave()
})

test('the header goes before the query, so that one address serves for ever', async () => {
  const back = await host.listen(`${stream}?after=0`, { 'Last-Event-ID': '2' })
  assert.is((await back.nextMessage())?.id, '3')
  await back.leave()
})

test('a position that was never reached is followed from now on', async () => {
  const ahead = await host.listen(stream, { 'Last-Event-ID': '999999' })
  assert.is((await ahead.next())?.comment, 'open')
  await change(7)
  assert.is((await ahead.nextMessage())?.id, String(head()))
  await ahead.leave()
})

test('an id that is no position is refused', async () => {
  for (const id of ['x', '-1', '1.5', '99999999999999999999']) {
    const { status, json } = await host.ask('GET', stream, { headers: { 'Last-Event-ID': id } })
    assert.equal([status, json.code], [400, 'malformed-request'], id)
  }
})

test('the log verifies, and says how far', async () => {
  const { status, json } = await host.ask('POST', '/api/v1/audit/verify')
  assert.is(status, 200)
  assert.equal(json, { ok: true, position: head(), hash: json.hash, commits: json.commits, events: head() })
})

test.run()
