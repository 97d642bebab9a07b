import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { adminTokenFile, keptAdminToken } from './admin-token.js'
import { authenticator } from './authenticator.js'
import { mayActAs } from './principal.js'

const at = { createdAt: '2026-11-03T02:13:00.000Z', createdBy: 'user:admin', expiresAt: null, lastUsedAt: null }
const authenticate = authenticator(
  [
    { token: 'one', actor: 'user:admin', role: 'admin' },
    { token: 'two', actor: 'user:eye', role: 'viewer' },
  ],
  (secret) => (secret === 'three' ? { id: 'token-1', name: 'ci', role: 'operator', ...at } : null),
)

test('a known token is its principal, without the token', () => {
  assert.equal(authenticate('Bearer one'), { actor: 'user:admin', role: 'admin' })
  assert.equal(authenticate('bearer  two '), { actor: 'user:eye', role: 'viewer' })
  assert.equal(authenticate('Bearer three'), { actor: 'token:ci', role: 'operator' })
})

test('anything else is nobody', () => {
  for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Bearer on', 'Bearer onee', 'Basic one', 'one', 'Bearer one two']) {
    assert.is(authenticate(header), null, header)
  }
})

test('a role may do what the roles below it may', () => {
  assert.ok(mayActAs({ actor: 'a', role: 'operator' }, 'viewer'))
  assert.ok(mayActAs({ actor: 'a', role: 'operator' }, 'operator'))
  assert.not.ok(mayActAs({ actor: 'a', role: 'operator' }, 'admin'))
})

test('the admin token is made once, for its own user alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'borgledger-token-'))
  const made = await keptAdminToken(folder)
  assert.ok(made.length >= 43)
  assert.is(await keptAdminToken(folder), made)
  assert.is((await readFile(adminTokenFile(folder), 'utf8')).trim(), made)
  assert.is((await stat(adminTokenFile(folder))).mode & 0o777, 0o600)
  await rm(folder, { recursive: true })
})

test.run()
