/** Reading job logs by range and by lines, and removing them. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenLog } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { jobLogFiles } from './job-log-files.js'

const dataDir = mkdtempSync(join(tmpdir(), 'borg-logs-'))
const logs = jobLogFiles(dataDir)
const text = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join('')
mkdirSync(join(dataDir, 'logs'))
writeFileSync(join(dataDir, 'logs', 'job.log'), text)
test.after(() => rmSync(dataDir, { recursive: true }))

const held = async <A>(use: (log: OpenLog) => Promise<A>, jobId = 'job'): Promise<A> => {
  const log = await logs.open(jobId)()
  if (log === null) throw new Error('there is no log')
  return use(log).finally(log.close)
}
const tail = (lines: number): Promise<string> => held(async (log) => text.slice(await log.tailStart(lines)()))

test('a log that is not there is null', async () => {
  assert.is(await logs.size('other')(), null)
  assert.is(await logs.open('other')(), null)
  assert.equal(await logs.remove('other')(), E.right(undefined))
})

test('a slice says where it begins and how long the log was', () =>
  held(async (log) => {
    const slice = await log.read(7, 6)()
    assert.is(Buffer.from(slice.bytes).toString(), 'line 1')
    assert.is(slice.start, 7)
    assert.is(slice.size, text.length)
    assert.is(await log.size(), text.length)
    assert.is(await logs.size('job')(), text.length)
  }))

test('beyond the end there is nothing, at the end’s place', () =>
  held(async (log) => {
    const slice = await log.read(text.length + 5, 10)()
    assert.is(slice.start, text.length)
    assert.is(slice.bytes.length, 0)
  }))

test('a reader keeps a log that is removed, and is told that it is not there any more', async () => {
  writeFileSync(join(dataDir, 'logs', 'gone.log'), 'its words')
  await held(async (log) => {
    assert.ok(await log.isThere())
    assert.equal(await logs.remove('gone')(), E.right(undefined))
    assert.not(await log.isThere())
    writeFileSync(join(dataDir, 'logs', 'gone.log'), 'of another')
    assert.not(await log.isThere(), 'another file stands in its place')
    assert.is(Buffer.from((await log.read(0, 100)()).bytes).toString(), 'its words')
  }, 'gone')
})

test('a log that cannot be removed says why', async () => {
  mkdirSync(join(dataDir, 'logs', 'folder.log'))
  const removed = await logs.remove('folder')()
  assert.match(E.isLeft(removed) ? removed.left.message : 'removed', /folder\.log/)
})

test('the tail begins with the line that is so many before the end', async () => {
  assert.is(await tail(1), 'line 29999\n')
  assert.is(await tail(2), 'line 29998\nline 29999\n')
  assert.is((await tail(20_000)).split('\n')[0], 'line 10000', 'over several steps of reading')
  assert.is(await tail(30_000), text)
  assert.is(await tail(99_999), text)
  assert.is(await tail(0), '')
})

test('an id that could be a path has no log', async () => {
  writeFileSync(join(dataDir, 'secret.log'), 'not for you')
  assert.is(await logs.size('../secret')(), null)
  assert.is(await logs.open('../secret')(), null)
  assert.equal(await logs.remove('../secret')(), E.right(undefined))
  assert.ok(existsSync(join(dataDir, 'secret.log')))
})

test.run()
