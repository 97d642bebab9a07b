import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordedCommit } from '@borgledger/eventstore'
import { generatedHistory, looseLog, resealed } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkHead, type SignedHead, signHead } from './signed-head.js'

const folder = mkdtempSync(join(tmpdir(), 'signed-head-'))
test.after(() => rmSync(folder, { recursive: true }))
const key = join(folder, 'audit-key.pem')

const log = [...generatedHistory({ jobs: 10, seed: 3, repositories: 2 })]
const middle = log[40] as RecordedCommit
const at = '2026-11-03T02:13:00.000Z'
const signed = (): Promise<SignedHead> => signHead(key, { position: middle.last, hash: middle.hash }, at)
const checked = async (commits: ReadonlyArray<RecordedCommit>, head?: SignedHead) => checkHead(key, upTo(commits), head ?? (await signed()))

/** A loose log that heeds `upTo`. */
const upTo = (commits: ReadonlyArray<RecordedCommit>): Parameters<typeof checkHead>[1] => ({
  commits: ({ upTo = Number.MAX_SAFE_INTEGER } = {}) => looseLog(commits.filter((commit) => commit.first <= upTo)).commits(),
})

test('a log that has grown still holds the head that was signed', async () => {
  assert.equal(await checked(log), {
    ok: true,
    position: middle.last,
    what: `the log still holds what was signed at ${at}, up to position ${middle.last}`,
  })
})

test('the key is made once, for its user alone, and signs the same way again', async () => {
  const [first, second] = await Promise.all([signed(), signed()])
  assert.equal(first, second)
  assert.is(statSync(key).mode & 0o777, 0o600)
})

test('a tail that was cut off is named, also when a new one grew', async () => {
  assert.match((await checked(log.slice(0, 20))).what, /was cut off: it ends at \d+/)
  assert.match((await checked([])).what, /was cut off: it ends at 0/)
  const other = resealed([...log.slice(0, 20), ...log.slice(25)])
  const check = await checked(other)
  assert.equal([check.ok, /was rewritten/.test(check.what)], [false, true])
})

test('a log whose hashes were made anew behind a change is named', async () => {
  const forged = resealed(log.map((commit, index) => (index === 12 ? { ...commit, actor: 'user:mallory' } : commit)))
  assert.match((await checked(forged)).what, /was rewritten/)
})

test('a change behind which nothing was made anew is named with its place', async () => {
  const broken = log.map((commit, index) => (index === 12 ? { ...commit, actor: 'user:mallory' } : commit))
  assert.match((await checked(broken)).what, `at position ${log[12]?.first}`)
})

test('a head that was changed is not believed, and one of another key is told apart', async () => {
  const head = await signed()
  assert.match((await checked(log, { ...head, hash: '0'.repeat(64) })).what, /signature does not belong/)
  assert.match((await checked(log, { ...head, publicKey: 'AAAA' })).what, /signature does not belong/)
  const other = await signHead(join(folder, 'other.pem'), { position: middle.last, hash: middle.hash }, at)
  assert.equal([(await checked(log, other)).ok, /another key/.test((await checked(log, other)).what)], [true, true])
})

test('a head is checked where there is no key, and none is made for it', async () => {
  const head = await signed()
  const missing = join(folder, 'missing.pem')
  const check = await checkHead(missing, upTo(log), head)
  assert.equal([check.ok, /another key/.test(check.what), existsSync(missing)], [true, true, false])
})

test.run()
