/** Reading job logs by range and by lines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { jobLogFiles } from './job-log-files.js'

const dataDir = mkdtempSync(join(tmpdir(), 'borg-logs-'))
const logs = jobLogFiles(dataDir)
const text = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join('')
mkdirSync(join(dataDir, 'logs'))
writeFileSync(join(dataDir, 'logs', 'job.log'), text)
test.after(() => rmSync(dataDir, { recursive: true }))

const tail = async (lines: number): Promise<string> => text.slice(await logs.tailStart('job', lines)())

test('a log that is not there is null, and its tail begins at 0', async () => {
  assert.is(await logs.size('other')(), null)
  assert.is(await logs.read('other', 0, 10)(), null)
  assert.is(await logs.tailStart('other', 10)(), 0)
})

test('a slice says where it begins and how long the log was', async () => {
  const slice = await logs.read('job', 7, 6)()
  assert.is(Buffer.from(slice?.bytes ?? []).toString(), 'line 1')
  assert.is(slice?.start, 7)
  assert.is(slice?.size, text.length)
  assert.is(await logs.size('job')(), text.length)
})

test('beyond the end there is nothing, at the end’s place', async () => {
  const slice = await logs.read('job', text.length + 5, 10)()
  assert.is(slice?.start, text.length)
  assert.is(slice?.bytes.length, 0)
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
  assert.is(await logs.read('../secret', 0, 10)(), null)
  assert.is(await logs.tailStart('../secret', 1)(), 0)
})

test.run()
