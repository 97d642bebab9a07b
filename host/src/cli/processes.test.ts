import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlace } from '../fixtures/borg-place.js'
import { commandLine } from '../fixtures/command-line.js'
import { runProgram, startProgram, startServing } from '../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlace()
})
test.after.each(() => place.remove())

const addRepository = () => runProgram(place.registering, place.env)
const startBackup = () => startProgram(['run', 'backup', '--repository', 'r', '--source', place.folder], place.env)

test('an interrupt cancels, and a cancelled job ends with 3', async () => {
  await addRepository()
  const program = startBackup()
  await program.says(/running/)
  program.signal('SIGINT')
  const { status, stdout, stderr } = await program.ended
  assert.is(status, 3)
  assert.match(stdout, /cancelled/)
  assert.match(stderr, /interrupt again/)
})

test('with an owner the command speaks to it, as user:cli', async () => {
  const host = await startServing(place.env)
  const run = (...args: ReadonlyArray<string>) => commandLine(args, place.env)
  await addRepository()
  const program = startBackup()
  const [, id = ''] = await program.says(/backup (job_\S+) running/)
  const following = startProgram(['log', id, '--follow'], place.env)
  // The log of a success is removed at its end, save for who reads it by then.
  await following.says(/\S/)
  await place.release()
  assert.is((await program.ended).status, 0)
  const [followed, shown] = await Promise.all([following.ended, run('jobs', 'show', id)])
  assert.match(followed.stdout, /borg ended with exit code 0\n$/)
  assert.match(shown.stdout, /asked by: +user:cli/)
  host.signal('SIGTERM')
  assert.is((await host.ended).status, 0)
})

test('over the socket of the owner too a terminal is told how far verification is', async () => {
  const host = await startServing(place.env)
  await addRepository()
  const watched = await commandLine(['audit', 'verify'], place.env, true)
  assert.equal([watched.status, watched.stderr], [0, ''])
  assert.match(watched.stdout, /^\r\u001b\[Kverifying: .*\r\u001b\[Kverified: \d+ events/s)
  host.signal('SIGTERM')
  assert.is((await host.ended).status, 0)
})

test('a ledger elsewhere is reached by its address and a token', async () => {
  const host = await startServing({ ...place.env, BORGLEDGER_ADMIN_TOKEN: 'far-away' })
  const far = { BORGLEDGER_URL: host.url, BORGLEDGER_TOKEN: 'far-away', BORGLEDGER_DATA_DIR: join(place.folder, 'not-used') }
  assert.is((await commandLine(['jobs'], far)).stdout, 'no jobs\n')
  const stranger = await commandLine(['jobs'], { ...far, BORGLEDGER_TOKEN: 'wrong' })
  assert.is(stranger.status, 1)
  assert.match(stranger.stderr, /^not-authenticated: /)
  host.signal('SIGTERM')
  await host.ended
  const gone = await commandLine(['jobs'], far)
  assert.is(gone.status, 1)
  assert.match(gone.stderr, /cannot be reached/)
})

test.run()
