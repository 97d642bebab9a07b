import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost()
})
test.after.each(() => host.close())

const scripts = '/api/v1/scripts'
const stop = { id: 'stop-db', name: 'Stop the database', body: 'systemctl stop db' }

test('a script is added, shown, changed and removed', async () => {
  const added = await host.ask('POST', scripts, { body: stop })
  assert.equal([added.status, added.headers.get('Location')], [201, `${scripts}/stop-db`])
  assert.equal(added.json, { ...stop, timeoutMs: 600_000, env: {} })
  const changed = await host.ask('PATCH', `${scripts}/stop-db`, { body: { argv: ['/bin/true'], timeoutMs: 5, env: { LEVEL: '3' } } })
  assert.equal(
    [changed.status, changed.json],
    [200, { id: 'stop-db', name: stop.name, argv: ['/bin/true'], timeoutMs: 5, env: { LEVEL: '3' } }],
  )
  assert.equal((await host.ask('GET', `${scripts}/stop-db`)).json, changed.json)
  assert.is((await host.ask('DELETE', `${scripts}/stop-db`)).status, 204)
  for (const method of ['GET', 'DELETE'] as const) {
    const { status, json } = await host.ask(method, `${scripts}/stop-db`)
    assert.equal([status, json.code], [404, 'script-not-found'])
  }
  assert.is((await host.ask('PATCH', `${scripts}/stop-db`, { body: { name: 'x' } })).status, 404)
})

test('an id is given once, the same key adds one script, and one without an id gets one', async () => {
  await host.ask('POST', scripts, { body: stop })
  const again = await host.ask('POST', scripts, { body: stop })
  assert.equal([again.status, again.json.code], [409, 'id-taken'])
  const keyed = { body: { name: 'x', body: 'true' }, headers: { 'Idempotency-Key': 'k' } }
  const [first, second] = [await host.ask('POST', scripts, keyed), await host.ask('POST', scripts, keyed)]
  assert.match(first.json.id, /^script-/)
  assert.is(first.json.id, second.json.id)
})

test('scripts are listed by id, in pages', async () => {
  for (const id of ['b', 'a', 'c']) await host.ask('POST', scripts, { body: { ...stop, id } })
  const first = (await host.ask('GET', `${scripts}?limit=2`)).json
  const second = (await host.ask('GET', `${scripts}?limit=2&cursor=${first.nextCursor}`)).json
  assert.equal(
    [...first.items, ...second.items].map(({ id }) => id),
    ['a', 'b', 'c'],
  )
})

test('scripts are for admins: they run with the rights of the host', async () => {
  for (const [method, path] of [
    ['GET', scripts],
    ['POST', scripts],
    ['GET', `${scripts}/stop-db`],
    ['PATCH', `${scripts}/stop-db`],
    ['DELETE', `${scripts}/stop-db`],
  ] as const)
    assert.is((await host.ask(method, path, { token: 'viewer-token', ...(method === 'GET' ? {} : { body: stop }) })).status, 403)
})

const wrong: ReadonlyArray<readonly [what: string, body: object, path: string]> = [
  ['no text and no command', { name: 'x' }, 'body'],
  ['both a text and a command', { name: 'x', body: 'true', argv: ['true'] }, 'body'],
  ['an unknown field', { ...stop, colour: 'red' }, 'colour'],
  ['an empty text', { ...stop, body: '' }, 'body'],
  ['an empty command', { name: 'x', argv: [] }, 'argv'],
  ['no time', { ...stop, timeoutMs: 0 }, 'timeoutMs'],
  ['more than a day', { ...stop, timeoutMs: 86_400_001 }, 'timeoutMs'],
  ['a variable of borg', { ...stop, env: { BORG_PASSPHRASE: 'x' } }, 'env.BORG_PASSPHRASE'],
  ['a variable of ours', { ...stop, env: { BORGLEDGER_HOOK_PHASE: 'x' } }, 'env.BORGLEDGER_HOOK_PHASE'],
  ['what is no variable', { ...stop, env: { 'A-B': 'x' } }, 'env.A-B'],
  ['a variable that is no text', { ...stop, env: { LEVEL: 3 } }, 'env.LEVEL'],
]
for (const [what, body, path] of wrong)
  test(`${what} is refused at its field`, async () => {
    const { status, json } = await host.ask('POST', scripts, { body })
    assert.equal([status, json.code, json.errors.map((error: { path: string }) => error.path)], [422, 'invalid-body', [path]])
  })

test('a backup that names a script that is not there is refused at that field; a running one keeps its scripts', async () => {
  await host.withRepository()
  await host.ask('POST', scripts, { body: { ...stop, body: 'sleep 60' } })
  const body = { type: 'backup', repositoryId: 'laptop', sources: [host.folder], scripts: [{ id: 'stop-db', phase: 'pre' }] }
  const unknown = await host.ask('POST', '/api/v1/jobs', { body: { ...body, scripts: [{ id: 'nope', phase: 'post' }] } })
  assert.equal([unknown.status, unknown.json.errors[0].path], [422, 'scripts.0.id'])
  const job = (await host.ask('POST', '/api/v1/jobs', { body })).json
  const kept = await host.ask('DELETE', `${scripts}/stop-db`)
  assert.equal([kept.status, kept.json.code, kept.json.jobs], [409, 'script-in-use', [job.id]])
  await host.ask('POST', `/api/v1/jobs/${job.id}/cancel`, { body: { reason: 'enough' } })
  assert.is((await host.finished(job)).state, 'cancelled')
  assert.is((await host.ask('DELETE', `${scripts}/stop-db`)).status, 204)
})

test.run()
