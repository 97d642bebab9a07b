import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
test.before.each(async () => {
  host = await testHost({ secretKey: 'sixteen bytes or more' })
})
test.after.each(() => host.close())

const repositories = '/api/v1/repositories'
const bodyOf = (id: string) => ({ id, name: id.toUpperCase(), location: join(host.folder, id), create: { encryption: 'none' } })

test('a repository is made, registered, shown, changed and removed', async () => {
  const made = await host.ask('POST', repositories, { body: bodyOf('disk') })
  assert.equal([made.status, made.json.id, made.headers.get('Location')], [201, 'disk', `${repositories}/disk`])
  assert.match(made.json.borgId, /^[0-9a-f]{64}$/)
  const changed = await host.ask('PATCH', `${repositories}/disk`, { body: { name: 'The disk' } })
  assert.equal([changed.status, changed.json.name, changed.json.location], [200, 'The disk', made.json.location])
  assert.equal((await host.ask('GET', `${repositories}/disk`)).json, changed.json)
  assert.is((await host.ask('DELETE', `${repositories}/disk`)).status, 204)
  for (const method of ['GET', 'DELETE'] as const)
    assert.is((await host.ask(method, `${repositories}/disk`)).json.code, 'repository-not-found')
})

test('an id and a borg repository are taken once', async () => {
  await host.ask('POST', repositories, { body: bodyOf('disk') })
  const sameId = await host.ask('POST', repositories, { body: { ...bodyOf('other'), id: 'disk' } })
  assert.equal([sameId.status, sameId.json.code], [409, 'id-taken'])
  const sameDisk = await host.ask('POST', repositories, { body: { ...bodyOf('disk'), id: 'twin' } })
  assert.equal([sameDisk.status, sameDisk.json.code], [409, 'repository-already-registered'])
})

test('repositories are listed by id, in pages', async () => {
  for (const id of ['b', 'a', 'c']) await host.ask('POST', repositories, { body: bodyOf(id) })
  const first = (await host.ask('GET', `${repositories}?limit=2`)).json
  const second = (await host.ask('GET', `${repositories}?limit=2&cursor=${first.nextCursor}`)).json
  assert.equal(
    [...first.items, ...second.items].map(({ id }) => id),
    ['a', 'b', 'c'],
  )
  assert.is(second.nextCursor, null)
  for (const cursor of ['x', 'YWZ0ZXI6', '%F0']) assert.is((await host.ask('GET', `${repositories}?cursor=${cursor}`)).status, 400, cursor)
})

test('archives are told to whoever may look, as they were recorded or listed anew', async () => {
  await host.withRepository()
  const empty = await host.ask('GET', `${repositories}/laptop/archives`, { token: 'viewer-token' })
  assert.equal([empty.status, empty.json.items], [200, []])
  assert.match(empty.json.listedAt, /^\d{4}-.*Z$/)
  const job = await host.finished(await host.backup())
  const told = (await host.ask('GET', `${repositories}/laptop/archives`)).json
  assert.equal(
    told.items.map(({ name, jobId, series }: Record<string, string>) => [name, jobId, series]),
    [[job.archive, job.id, 'laptop']],
  )
  const anew = await host.ask('GET', `${repositories}/laptop/archives?refresh=true`, { token: 'viewer-token' })
  assert.equal([anew.status, anew.json.items], [200, told.items])
  assert.is((await host.ask('GET', `${repositories}/nowhere/archives`)).json.code, 'repository-not-found')
  assert.is((await host.ask('GET', `${repositories}/nowhere/archives?refresh=true`)).json.code, 'repository-not-found')
  assert.is((await host.ask('GET', `${repositories}/laptop/archives?refresh=yes`)).json.code, 'malformed-request')
})

test('a lock is broken by an admin who says why; while a job is active neither that nor a new list', async () => {
  await host.withRepository()
  const at = `${repositories}/laptop/break-lock`
  const body = { reason: 'its machine is gone' }
  const broken = await host.ask('POST', at, { body })
  assert.equal([broken.status, broken.json.outcome], [200, 'not-needed'])
  assert.is((await host.ask('POST', at, { body, token: 'viewer-token' })).status, 403)
  assert.is((await host.ask('POST', at, { body: {} })).json.code, 'invalid-body')
  const busy = await testHost({ behaviour: 'held' })
  await busy.withRepository()
  const job = await busy.backup()
  for (const refused of [await busy.ask('POST', at, { body }), await busy.ask('GET', `${repositories}/laptop/archives?refresh=true`)])
    assert.equal([refused.status, refused.json.code, refused.json.jobs], [409, 'repository-busy', [job.id]])
  assert.is((await busy.ask('GET', `${repositories}/laptop/archives`)).status, 200)
  await busy.release()
  await busy.finished(job)
  await busy.close()
})

test('a wrong body is refused field by field', async () => {
  const { status, json } = await host.ask('POST', repositories, { body: { name: '', location: 'relative', colour: 'red' } })
  assert.is(status, 422)
  assert.ok(json.errors.some(({ path }: { path: string }) => path === 'colour'))
})

test('settings are changed by name, and an unknown one is refused', async () => {
  const { status, json } = await host.ask('PATCH', '/api/v1/settings', { body: { maxConcurrentManualBackups: 3 } })
  assert.equal([status, json.maxConcurrentManualBackups], [200, 3])
  assert.equal((await host.ask('GET', '/api/v1/settings')).json, json)
  assert.is((await host.ask('PATCH', '/api/v1/settings', { body: { nope: 1 } })).json.code, 'invalid-body')
  assert.is((await host.ask('PATCH', '/api/v1/settings', { body: { staleCheckAfterMs: 3_600_000 } })).json.staleCheckAfterMs, 3_600_000)
  const { errors } = (await host.ask('PATCH', '/api/v1/settings', { body: { staleCheckAfterMs: -1 } })).json
  assert.equal(errors, [{ path: 'staleCheckAfterMs', message: 'expected a whole number from 0, got -1' }])
})

test('a secret is put and removed, and never repeated, not even when it is wrong', async () => {
  assert.is((await host.ask('PUT', '/api/v1/secrets/disk', { body: { value: 'hunter2' } })).status, 204)
  assert.is((await host.ask('DELETE', '/api/v1/secrets/disk')).status, 204)
  assert.is((await host.ask('GET', '/api/v1/secrets/disk')).status, 405)
  for (const body of [{ valeu: 'hunter2' }, { value: ['hunter2'] }, { value: '' }, 'hunter2', { value: 'hunter2'.repeat(1000) }]) {
    const { status, text } = await host.ask('PUT', '/api/v1/secrets/disk', { body: JSON.stringify(body) })
    assert.is(status, 422)
    assert.not.match(text, /hunter2/)
  }
})

test('without a key the secret store is refused', async () => {
  const keyless = await testHost()
  const { status, json } = await keyless.ask('PUT', '/api/v1/secrets/disk', { body: { value: 'hunter2' } })
  assert.equal([status, json.code], [409, 'secret-store-disabled'])
  await keyless.close()
})

test.run()
