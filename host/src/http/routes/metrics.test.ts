import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ParsedFamily, parseExposition } from '../../fixtures/parse-exposition.js'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost()
})
test.after.each(() => host.close())

const scraped = async (): Promise<ReadonlyMap<string, ParsedFamily>> => parseExposition((await host.ask('GET', '/metrics')).text)

const sampleOf = (families: ReadonlyMap<string, ParsedFamily>, name: string, labels = ''): number | undefined =>
  families.get(`borgledger_${name}`)?.samples.get(labels)

test('a viewer sees the metrics, and so does a token of their own, which sees nothing else', async () => {
  for (const token of ['viewer-token', 'metrics-token']) {
    const { status, headers } = await host.ask('GET', '/metrics', { token })
    assert.equal([status, headers.get('Content-Type')], [200, 'text/plain; version=0.0.4; charset=utf-8'])
  }
  for (const token of [null, 'wrong']) assert.is((await host.ask('GET', '/metrics', { token })).json.code, 'not-authenticated')
  for (const path of ['jobs', 'repositories', 'events', 'settings', 'audit/head']) {
    const { status, json } = await host.ask('GET', `/api/v1/${path}`, { token: 'metrics-token' })
    assert.equal([status, json.code], [403, 'not-permitted'], path)
  }
})

test('names are of one product, in base units, and only counters end with total', async () => {
  for (const [name, { type, help }] of await scraped()) {
    assert.match(name, /^(borgledger|process|nodejs)_[a-z_]+$/)
    assert.is(name.endsWith('_total'), type === 'counter', name)
    assert.not.match(name, /_(ms|milliseconds|kib|percent)(_|$)/)
    assert.match(help, /^[A-Z].*\.$/)
  }
})

test('a fresh ledger has its numbers at nothing, each of them there', async () => {
  await host.withRepository()
  const families = await scraped()
  assert.is(sampleOf(families, 'jobs', 'type=backup,state=running'), 0)
  assert.is(sampleOf(families, 'queue_waiting_jobs', 'reason=repository-busy'), 0)
  assert.is(sampleOf(families, 'repository_last_good_backup_timestamp_seconds', 'repository=laptop'), 0)
  assert.is(sampleOf(families, 'verification_timestamp_seconds'), 0)
  assert.is(families.get('borgledger_verification_ok')?.samples.size, 0)
  assert.is(sampleOf(families, 'dispatching'), 1)
})

test('what ended is counted by type, state and outcome, and stays counted when its entry is deleted', async () => {
  await host.withRepository()
  const job = await host.finished(await host.backup())
  await host.logRemoved(job)
  const before = await scraped()
  const good = Date.parse(job.finishedAt ?? '') / 1000
  assert.is(sampleOf(before, 'jobs_finished_total', 'type=backup,state=completed,outcome=success'), 1)
  assert.is(sampleOf(before, 'repository_last_good_backup_timestamp_seconds', 'repository=laptop'), good)
  assert.is((await host.ask('DELETE', `/api/v1/jobs/${job.id}`)).status, 204)
  const after = await scraped()
  assert.is(sampleOf(after, 'jobs_finished_total', 'type=backup,state=completed,outcome=success'), 1)
  assert.is(sampleOf(after, 'repository_last_good_backup_timestamp_seconds', 'repository=laptop'), good)
  assert.is(sampleOf(after, 'log_position'), host.ledger.position())
})

test('a verification leaves its verdict', async () => {
  await host.ask('POST', '/api/v1/audit/verify')
  const families = await scraped()
  assert.is(sampleOf(families, 'verification_ok'), 1)
  assert.is(sampleOf(families, 'verification_position'), host.ledger.position())
  assert.ok((sampleOf(families, 'verification_timestamp_seconds') ?? 0) > 1e9)
})

test('who waits is told with the reason, beside the slot that is held', async () => {
  const slow = await testHost({ behaviour: 'held' })
  await slow.withRepository()
  await slow.backup()
  await slow.backup()
  const families = parseExposition((await slow.ask('GET', '/metrics')).text)
  assert.is(sampleOf(families, 'jobs', 'type=backup,state=running'), 1)
  assert.is(sampleOf(families, 'jobs', 'type=backup,state=pending'), 1)
  assert.is(sampleOf(families, 'queue_length'), 1)
  assert.is(sampleOf(families, 'queue_waiting_jobs', 'reason=limit-reached'), 1)
  assert.is(sampleOf(families, 'slots_in_use', 'slot=manual-backup'), 1)
  assert.is(sampleOf(families, 'slots_limit', 'slot=manual-backup'), 1)
  await slow.close()
})

test.run()
