/** Processes whose output is kept: within limits of time and size. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { standStill } from '../fixtures/stand-still.js'
import { capture } from './captured.js'

const env = { PATH: process.env['PATH'] ?? '' }
const run = (script: string, msMax = 60_000) => capture({ argv: ['sh', '-c', script], env, passphrase: null }, { msMax })

test('both streams and the exit code are kept', async () => {
  assert.equal(await run('echo out; echo err >&2; exit 3'), {
    exit: { code: 3, signal: null },
    stdout: 'out\n',
    stderr: 'err\n',
    endedFor: null,
  })
})

test('a process that takes too long is ended, and why is said', async () => {
  const { exit, endedFor } = await run('exec sleep 30', 100)
  assert.equal(exit, { code: null, signal: 'SIGTERM' })
  assert.is(endedFor, 'borg did not end within 0.1 s')
})

test('one that ended in time is not ended for it by a host that was stopped meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'borg-captured-'))
  const captured = run(`echo out; : > ${folder}/ended`, 1_000)
  standStill(() => existsSync(join(folder, 'ended')), 1_500)
  assert.equal(await captured, { exit: { code: 0, signal: null }, stdout: 'out\n', stderr: '', endedFor: null })
  rmSync(folder, { recursive: true })
})

test('one that writes more than can be kept is ended', async () => {
  const { endedFor, stdout } = await run('exec yes a-line-that-goes-on-and-on')
  assert.is(endedFor, 'borg wrote more than can be kept')
  assert.ok(stdout.length <= 64 * 1024 * 1024)
})

test('a program that is not there is a rejection', async () => {
  const missing = capture({ argv: ['/nowhere/borg'], env, passphrase: null }, { msMax: 1_000 })
  const message = await missing.then(
    () => 'it was started',
    (error: Error) => error.message,
  )
  assert.match(message, 'ENOENT')
})

test('a program that ends without reading its passphrase breaks nothing', async () => {
  const { exit } = await capture({ argv: ['true'], env, passphrase: 'x'.repeat(4_000) }, { msMax: 60_000 })
  assert.is(exit.code, 0)
})

test.run()
