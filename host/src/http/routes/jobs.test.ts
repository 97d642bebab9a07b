import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost({ behaviour: 'held' })
  await host.withRepository()
})
test.after.each(() => host.close())

const jobs = '/api/v1/jobs'
const body = () => ({ type: 'backup', repositoryId: 'laptop', sources: [host.folder] })
const codeOf = async (...asked: Parameters<TestHost['ask']>): Promise<readonly [number, string]> => {
  const { status, json } = await host.ask(...asked)
  return [status, json.code]
}

test('a job that is asked for is accepted, says where it is, and names who asked', async () => {
  const { status, json, headers } = await host.ask('POST', jobs, { body: body() })
  assert.is(status, 202)
  assert.is(headers.get('Location'), `${jobs}/${json.id}`)
  assert.equal([json.type, json.requestedBy, json.trigger], ['backup', 'user:admin', { kind: 'manual' }])
  assert.is((await host.ask('GET', `${jobs}/${json.id}`)).json.id, json.id)
})

test('jobs are listed newest first, narrowed, in pages', async () => {
  await host.release()
  const ids: string[] = []
  for (let count = 0; count < 3; count += 1) ids.unshift((await host.finished(await host.backup())).id)
  const first = (await host.ask('GET', `${jobs}?limit=2&state=completed&repositoryId=laptop&from=2020-01-01T00:00:00Z`)).json
  const second = (await host.ask('GET', `${jobs}?limit=2&cursor=${first.nextCursor}`)).json
  assert.equal(
    [...first.items, ...second.items].map(({ id }) => id),
    ids,
  )
  assert.is(second.nextCursor, null)
  assert.equal((await host.ask('GET', `${jobs}?to=2020-01-01T00:00:00Z`)).json, { items: [], nextCursor: null })
})

test('a job that is unknown is not found, whatever is asked of it', async () => {
  for (const id of ['job_nobody', '..%2F..%2Fetc', '%00', "'"]) {
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/stream'],
      ['GET', '/events'],
      ['GET', '/log'],
      ['GET', '/log/stream'],
    ] as const) {
      assert.equal(await codeOf(method, `${jobs}/${id}${path}`), [404, 'job-not-found'], `${method} ${id}${path}`)
    }
    assert.equal(await codeOf('POST', `${jobs}/${id}/cancel`, { body: { reason: 'x' } }), [404, 'job-not-found'])
  }
})

test('a repository in use and a limit that is reached are refused to who will not wait, with the jobs in the way', async () => {
  const running = await host.backup()
  const refuse = { ...body(), onBusy: 'refuse' }
  const limited = await host.ask('POST', jobs, { body: refuse })
  assert.equal([limited.status, limited.json.code, limited.json.jobs], [409, 'limit-reached', [running.id]])
  await host.ask('PATCH', '/api/v1/settings', { body: { maxConcurrentManualBackups: 2 } })
  const busy = await host.ask('POST', jobs, { body: refuse })
  assert.equal([busy.status, busy.json.code, busy.json.jobs], [409, 'repository-busy', [running.id]])
  const waiting = await host.backup()
  assert.equal([waiting.state, waiting.waitingFor?.reason, waiting.waitingFor?.jobs], ['pending', 'repository-busy', [running.id]])
})

test('a cancel needs a reason, is answered with the record, and comes too late after the end', async () => {
  const { id } = await host.backup()
  assert.equal(await codeOf('POST', `${jobs}/${id}/cancel`, { body: {} }), [422, 'invalid-body'])
  const { status, json } = await host.ask('POST', `${jobs}/${id}/cancel`, { body: { reason: 'wrong disk' } })
  assert.equal([status, json.cancel.reason, json.cancel.requestedBy], [202, 'wrong disk', 'user:admin'])
  assert.is((await host.ledger.job(id).finished()).state, 'cancelled')
  assert.equal(await codeOf('POST', `${jobs}/${id}/cancel`, { body: { reason: 'again' } }), [409, 'already-finished'])
})

test('only an unattended job is resolved, by a word that says how it ended', async () => {
  const { id } = await host.backup()
  const body = { state: 'failed', reason: 'the machine is gone' }
  assert.equal(await codeOf('POST', `${jobs}/${id}/resolve`, { body }), [409, 'not-unattended'])
  assert.equal(await codeOf('POST', `${jobs}/${id}/resolve`, { body: { ...body, state: 'completed' } }), [422, 'invalid-body'])
})

test('every type of job is taken, and what its spec gets wrong is named', async () => {
  const asked = { repositoryId: 'laptop', type: 'prune', keep: { daily: 0 }, series: 'laptop', glob: '*' }
  const { status, json } = await host.ask('POST', jobs, { body: asked })
  assert.equal([status, json.errors.map(({ path }: { path: string }) => path)], [422, ['keep']])
  assert.is((await host.ask('POST', jobs, { body: { repositoryId: 'laptop', type: 'check', mode: 'full' } })).status, 202)
  const packageBody = { type: 'package-install', package: 'rclone' }
  assert.equal(await codeOf('POST', jobs, { body: packageBody }), [422, 'invalid-body'])
})

test('an entry is deleted once its job does not run, and is gone from then on', async () => {
  const job = await host.backup()
  assert.equal(await codeOf('DELETE', `${jobs}/${job.id}`), [409, 'job-running'])
  await host.release()
  await host.finished(job)
  assert.is((await host.ask('DELETE', `${jobs}/${job.id}`)).status, 204)
  for (const path of ['', '/log', '/stream', '/log/stream'])
    assert.equal(await codeOf('GET', `${jobs}/${job.id}${path}`), [410, 'entry-deleted'], path)
  assert.equal((await host.ask('GET', jobs)).json.items, [])
  const { items } = (await host.ask('GET', `${jobs}/${job.id}/events`)).json
  assert.ok(items.some(({ type }: { type: string }) => type === 'JobEntryDeleted'))
})

test('the same idempotency key makes one job; with another body it is refused', async () => {
  const headers = { 'Idempotency-Key': 'nightly-1' }
  const first = await host.ask('POST', jobs, { body: body(), headers })
  const again = await host.ask('POST', jobs, { body: body(), headers })
  assert.equal([first.status, again.status, again.json.id], [202, 202, first.json.id])
  assert.equal(await codeOf('POST', jobs, { body: { ...body(), series: 'other' }, headers }), [422, 'idempotency-key-reused'])
  assert.equal(await codeOf('POST', jobs, { body: body(), headers: { 'Idempotency-Key': 'a b' } }), [400, 'malformed-request'])
})

test('a key whose first request is still being answered is in use', async () => {
  const headers = { 'Idempotency-Key': 'both-at-once' }
  const answers = await Promise.all([1, 2].map(() => host.ask('POST', jobs, { body: body(), headers })))
  const statuses = answers.map(({ status }) => status).sort()
  assert.equal(statuses, [202, 409])
  assert.is(answers.find(({ status }) => status === 409)?.json.code, 'idempotency-key-in-use')
})

test('a job is followed from its record now to its terminal one, and then the stream ends', async () => {
  const job = await host.backup()
  const stream = await host.listen(`${jobs}/${job.id}/stream`)
  const first = await stream.nextMessage()
  assert.equal([first?.event, first?.id, JSON.parse(first?.data ?? '').id], ['job', undefined, job.id])
  await host.release()
  let last = first
  for (let seen = first; seen !== null; seen = await stream.nextMessage()) last = seen
  assert.is(JSON.parse(last?.data ?? '').state, 'completed')
})

test('the events of a job are its own, in order', async () => {
  await host.release()
  const job = await host.finished(await host.backup())
  const { items } = (await host.ask('GET', `${jobs}/${job.id}/events`)).json
  assert.is(items[0].type, 'JobRequested')
  const types: ReadonlyArray<string> = items.map(({ type }: { type: string }) => type)
  assert.equal(types.slice(types.indexOf('JobCompleted')).slice(0, 2), ['JobCompleted', 'LogRemovalDecided'])
  const positions = items.map(({ position }: { position: number }) => position)
  assert.equal(
    positions,
    [...positions].sort((a, b) => a - b),
  )
})

test('a ledger that is closed takes no more jobs and says so', async () => {
  await host.ledger.close()
  const { status, json, headers } = await host.ask('POST', jobs, { body: body() })
  assert.equal([status, json.code, headers.has('Retry-After')], [503, 'read-only', true])
})

test.run()
