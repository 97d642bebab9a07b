import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlace } from '../fixtures/borg-place.js'
import { commandLine } from '../fixtures/command-line.js'
import { startServing } from '../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlace()
})
test.after.each(() => place.remove())

test('each thing is said in a line, and all is well with a ledger that runs', async () => {
  const host = await startServing(place.env)
  const { status, stdout } = await commandLine(['doctor'], place.env)
  assert.is(status, 0, stdout)
  for (const line of stdout.trimEnd().split('\n')) assert.match(line, /^(ok|note|bad) +[a-z ]+: \S/)
  for (const check of ['node', 'borg', 'flock', 'setsid', 'data directory', 'file system', 'free space', 'clock', 'log', 'secret key'])
    assert.match(stdout, new RegExp(`^(ok|note) +${check}: `, 'm'))
  assert.match(stdout, `owner: process ${host.pid} on `)
  host.signal('SIGTERM')
  await host.ended
})

test('what is not well ends it with 1, in JSON too, and the directory is left alone', async () => {
  const env = { ...place.env, BORGLEDGER_SECRET_KEY_FILE: join(place.folder, 'nowhere') }
  const { status, stdout } = await commandLine(['doctor', '--json'], env)
  const { ok, items } = JSON.parse(stdout)
  assert.equal([status, ok], [1, false])
  assert.equal(
    items.filter(({ verdict }: { verdict: string }) => verdict === 'bad').map(({ check }: { check: string }) => check),
    ['secret key'],
  )
  assert.match(items.find(({ check }: { check: string }) => check === 'data directory').what, 'is made at the first start')
})

test('a data directory that is a file is told as that, and nothing breaks off', async () => {
  const file = join(place.folder, 'file')
  await writeFile(file, '')
  for (const dataDir of [file, join(file, 'below')]) {
    const { status, stdout, stderr } = await commandLine(['doctor', '--data-dir', dataDir], place.env)
    assert.equal([status, stderr], [1, ''])
    assert.match(stdout, `bad   data directory: ${file} is no directory: name another one\n`)
    assert.match(stdout, '\nok    log: there is none yet\n')
  }
})

test.run()
