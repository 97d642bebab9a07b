import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlace } from '../../fixtures/borg-place.js'
import { commandLine } from '../../fixtures/command-line.js'
import type { Ended } from '../../fixtures/program.js'

let place: BorgPlace
const path = process.env['PATH']
test.before.each(async () => {
  place = await borgPlace()
  await place.release()
  process.env['PATH'] = place.env['PATH']
  await run('repositories', 'add', '--id', 'r', '--name', 'R', '--location', join(place.folder, 'repository'), '--create', 'none')
})
test.after.each(async () => {
  process.env['PATH'] = path
  await place.remove()
})

const run = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(args, place.env)
const backup = async (): Promise<string> =>
  JSON.parse((await run('run', 'backup', '--repository', 'r', '--source', place.folder, '--json')).stdout).id
const elsewhere = (...args: ReadonlyArray<string>): Promise<Ended> =>
  commandLine(args, { ...place.env, BORGLEDGER_DATA_DIR: join(place.folder, 'elsewhere') })

test('the ledger is shown as it was before something happened', async () => {
  const { position } = JSON.parse((await run('audit', 'state', '--json')).stdout)
  const id = await backup()
  const now = JSON.parse((await run('audit', 'state', '--json')).stdout)
  assert.is(now.repositories[0].lastBackup.id, id)
  const then = await run('audit', 'state', '--at', String(position))
  assert.match(then.stdout, new RegExp(`position: +${position}, recorded at 20`))
  assert.match(then.stdout, /repository: +r at \S+, last backup none/)
  assert.is((await run('audit', 'state', '--at', 'soon')).status, 2)
})

test('a job and a repository are explained', async () => {
  const id = await backup()
  const job = await run('audit', 'explain', id)
  assert.match(job.stdout, / A backup of \S+ on repository r was asked for, by user:cli\.\n/)
  assert.match(job.stdout, / It completed with success: rule archive-made, all of it was done, archive r-\d{8}T\d{6}Z\.\n/)
  const repository = await run('audit', 'explain', '--repository', 'r')
  assert.match(repository.stdout, `of its backups, ${id} completed with success.`)
  assert.equal([(await run('audit', 'explain', 'job_no')).status, (await run('audit', 'explain')).status], [1, 2])
  assert.is((await run('audit', 'explain', '--schedule', 's', '--due', '2026-11-03T02:00:00Z')).status, 1)
})

test('the log is given out and taken in elsewhere, once, where it verifies and has the same head', async () => {
  await backup()
  const file = join(place.folder, 'log.jsonl')
  const { position, hash } = JSON.parse((await run('audit', 'head')).stdout)
  assert.is((await run('audit', 'export', '--output', file)).status, 0)
  assert.is((await run('audit', 'export', '--output', file)).status, 1)
  assert.is((await elsewhere('audit', 'import', file)).stdout, `imported: the log reaches position ${position}\n`)
  assert.match((await elsewhere('audit', 'verify')).stdout, /^verified: /)
  assert.is(JSON.parse((await elsewhere('audit', 'head')).stdout).hash, hash)
  const again = await elsewhere('audit', 'import', file)
  assert.equal([again.status, /^not-empty: /.test(again.stderr)], [1, true])
})

test('a file that was tampered with or cut is refused with its line, and nothing of it is kept', async () => {
  await backup()
  const file = join(place.folder, 'log.jsonl')
  const { stdout } = await run('audit', 'export')
  const cases: ReadonlyArray<readonly [string, RegExp]> = [
    [stdout.replace('user:cli', 'user:eve'), /line \d+: the hash does not follow/],
    [stdout.split('\n').slice(0, 5).join('\n'), /line 6: the file ends before the log does/],
    ['', /line 1: /],
  ]
  for (const [text, expected] of cases) {
    await writeFile(file, text)
    const refused = await elsewhere('audit', 'import', file)
    assert.is(refused.status, 1)
    assert.match(refused.stderr, expected)
  }
  assert.match((await elsewhere('audit', 'verify')).stdout, /^verified: 0 events/)
  assert.match((await elsewhere('audit', 'import', join(place.folder, 'no-such-file'))).stderr, /cannot be read/)
})

test('a head that was signed is checked later, and a log that was cut is told', async () => {
  const file = join(place.folder, 'head.json')
  const log = join(place.dataDir, 'log.db')
  const shorter = await readFile(log)
  await backup()
  await writeFile(file, (await run('audit', 'head')).stdout)
  assert.match((await run('audit', 'head', '--check', file)).stdout, /^verified: the log still holds/)
  await writeFile(log, shorter)
  const cut = await run('audit', 'head', '--check', file)
  assert.equal([cut.status, /^not verified: the log was cut off/.test(cut.stdout)], [1, true])
  await writeFile(file, '{}')
  assert.is((await run('audit', 'head', '--check', file)).status, 2)
})

test('a log that is damaged at its end cannot be opened, and verify still answers', async () => {
  const log = join(place.dataDir, 'log.db')
  const text = await readFile(log, 'latin1')
  await writeFile(log, text.replaceAll('"name":"R"', '"name":"Q"'), 'latin1')
  const { status, stdout } = await run('audit', 'verify', '--json')
  const { ok, divergence } = JSON.parse(stdout)
  assert.equal([status, ok, divergence.cause], [1, false, 'chain'])
  assert.ok(divergence.position > 0)
})

test.run()
