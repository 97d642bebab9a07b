/** The small shell around borg: starts a run once for ever, records its end, hands the passphrase over and nothing else. */
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runDir } from '../run-dir.js'
import { readIdentity } from './identity.js'
import { type Launch, launch, spawnShell } from './wrapper.js'

let dataDir = ''
test.before.each(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'borg-wrapper-'))
  mkdirSync(runDir(dataDir, 'run').path, { recursive: true })
})
test.after.each(() => rmSync(dataDir, { recursive: true }))

const env = { PATH: process.env['PATH'] ?? '' }
const read = (name: 'stdout' | 'stderr' | 'exit'): string => readFileSync(runDir(dataDir, 'run')[name], 'utf8')
const running = (script: string, passphrase: string | null): Launch => {
  const argv = ['sh', '-c', script]
  return { argv, env, passphrase, cwd: '/', output: 'apart', sink: null, leftGraceMs: null }
}
/** The shell is let go of by the runner; here it is waited for. */
const start = (script: string, passphrase: string | null = null) => {
  const child = launch(runDir(dataDir, 'run'), running(script, passphrase))
  child.ref()
  return child
}

test('of two starts of a run one becomes borg, the other gives up', async () => {
  const both = [start('echo ran'), start('echo ran')]
  const codes = await Promise.all(both.map(async (child) => (await once(child, 'exit'))[0]))
  assert.equal(codes.sort(), [0, 75])
  assert.is(read('stdout'), 'ran\n')
})

test('a run that has ended is not started again', async () => {
  await once(start('echo ran; exit 3'), 'exit')
  assert.is((await once(start('echo again'), 'exit'))[0], 75)
  assert.is(read('stdout'), 'ran\n')
  assert.is(read('exit').trim(), '3')
})

test('the pid that is recorded is that of the program itself', async () => {
  await once(start('echo $$'), 'exit')
  assert.is(readIdentity(runDir(dataDir, 'run').pid)?.pid, Number(read('stdout')))
})

test('a signal that ends the program is recorded as its code, and the shell survives the group’s death', async () => {
  await once(start('kill -KILL 0'), 'exit')
  assert.is(read('exit').trim(), '137')
})

test('the passphrase comes by the third descriptor and stands in no file', async () => {
  await once(start('cat <&3; env', 'canary'), 'exit')
  assert.ok(read('stdout').startsWith('canary\n'))
  assert.not.match(read('stdout').slice('canary\n'.length), 'canary')
  for (const file of ['started', 'pid', 'lock', 'exit', 'stderr'] as const)
    assert.not.match(readFileSync(runDir(dataDir, 'run')[file], 'utf8'), 'canary')
})

test('a run whose passphrase did not come, for its host was killed, is not started and can be started later', async () => {
  const orphan = spawnShell(runDir(dataDir, 'run'), running('echo ran', 'canary'))
  const ended = once(orphan, 'exit')
  const pipe = orphan.stdio[3] as Writable
  pipe.end()
  assert.is((await ended)[0], 75)
  for (const file of ['started', 'pid', 'exit'] as const) assert.not(existsSync(runDir(dataDir, 'run')[file]), file)
  await once(start('cat <&3', 'canary'), 'exit')
  assert.is(read('stdout'), 'canary\n')
})

test('SIGINT reaches the program: it was not started in the background', async () => {
  await once(start('trap "echo interrupted; exit 7" INT; kill -INT $$; sleep 5'), 'exit')
  assert.is(read('stdout'), 'interrupted\n')
  assert.is(read('exit').trim(), '7')
})

test('a program whose pid cannot be written is not started', async () => {
  mkdirSync(join(runDir(dataDir, 'run').path, 'pid.tmp'))
  await once(start('echo ran'), 'exit')
  assert.is(read('exit').trim(), '125')
  assert.is(read('stdout'), '')
  assert.not(existsSync(runDir(dataDir, 'run').pid))
})

test.run()
