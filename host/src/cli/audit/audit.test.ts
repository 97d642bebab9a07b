import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlaceHere } from '../../fixtures/borg-place.js'
import { commandLine } from '../../fixtures/command-line.js'
import type { Ended } from '../../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlaceHere()
  await run(...place.registering)
})
test.after.each(() => place.remove())

const run = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(args, place.env)
const onTerminal = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(args, place.env, true)
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

test('history is decided anew under other settings, from options or a file, and told in plain words', async () => {
  const id = await backup()
  const none = await run('audit', 'what-if', '--set', 'maxConcurrentManualBackups=0')
  assert.equal([none.status, none.stderr], [0, ''])
  assert.match(none.stdout, /^1 job would have started later or never\n1 job would have come to another end\n/)
  assert.match(none.stdout, `  ${id}: pending instead of completed with success\n`)
  assert.match((await run('audit', 'what-if', '--set', 'recovery=adopt')).stdout, /^nothing would be otherwise: the same \d+ events\n$/)
  const file = join(place.folder, 'change.json')
  await writeFile(file, JSON.stringify({ settings: { maxConcurrentManualBackups: 0, logSavePolicy: 'all' } }))
  const both = JSON.parse((await run('audit', 'what-if', '--file', file, '--set', 'maxConcurrentManualBackups=1', '--json')).stdout)
  assert.equal([both.identical, both.differences.startedLater, both.differences.logsKept], [false, 0, 1])
})

test('schedules too are dealt with otherwise', async () => {
  const due = ['--cron', '0 2 * * *', '--time-zone', 'UTC']
  await run('schedules', 'add', 'backup', '--id', 'nightly', '--repository', 'r', '--source', place.folder, ...due)
  const told = JSON.parse(
    (await run('audit', 'what-if', '--schedule', 'nightly:overlap=allow', '--schedule', 'nightly:enabled=false', '--json')).stdout,
  )
  assert.is(told.identical, false)
  const wrong = await run('audit', 'what-if', '--schedule', 'nightly:overlap=never')
  assert.equal([wrong.status, /^invalid-body: schedules\.nightly\.overlap: /.test(wrong.stderr)], [2, true])
})

test('a what-if of nothing, of an unknown setting or of a file that is none is wrong usage, and says why', async () => {
  const file = join(place.folder, 'list.json')
  await writeFile(file, '[]')
  const cases: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [[], /^expected --set, --schedule or --file/],
    [['--set', 'colour=red'], /^invalid-body: settings\.colour: /],
    [['--set', 'staleCheckAfterMs=-1'], /settings\.staleCheckAfterMs: expected a whole number from 0, got -1/],
    [['--set', 'colour'], /^expected name=value/],
    [['--schedule', 'nightly'], /^expected id:name=value/],
    [['--file', join(place.folder, 'nowhere')], /cannot be read/],
    [['--file', file], /expected an object/],
  ]
  for (const [args, expected] of cases) {
    const { status, stderr } = await run('audit', 'what-if', ...args)
    assert.is(status, 2, args.join(' '))
    assert.match(stderr, expected)
  }
})

test('what is no object in a file of what-if is named, and never taken for nothing', async () => {
  const file = join(place.folder, 'change.json')
  for (const [text, field] of [
    ['{"settings":7}', 'settings'],
    ['{"schedules":null}', 'schedules'],
    ['{"schedules":{"nightly":[]}}', 'schedules.nightly'],
  ] as const) {
    await writeFile(file, text)
    const { status, stderr } = await run('audit', 'what-if', '--file', file, '--schedule', 'nightly:overlap=skip')
    assert.equal([status, stderr], [2, `${file}: ${field}: expected an object\n`])
  }
})

test('on a terminal verification says how far it is, in a line that is gone at its end; elsewhere it says nothing', async () => {
  await backup()
  const watched = await onTerminal('audit', 'verify')
  assert.match(
    watched.stdout,
    /^\r\u001b\[Kverifying: [^\r]*\d events hold[^\r]*(\r\u001b\[Kverifying: [^\r]*)*\r\u001b\[Kverified: \d+ events/,
  )
  assert.match((await run('audit', 'verify')).stdout, /^verified: /)
  const { ok } = JSON.parse((await onTerminal('audit', 'verify', '--json')).stdout)
  assert.is(ok, true)
})

test('settings are listed, set and shown as they were', async () => {
  const { position } = JSON.parse((await run('audit', 'state', '--json')).stdout)
  assert.match((await run('settings')).stdout, /\nstaleCheckAfterMs +900000\n/)
  assert.is(
    (await run('settings', 'set', 'staleCheckAfterMs=60000', 'recovery=adopt')).stdout,
    'staleCheckAfterMs  60000\nrecovery           adopt\n',
  )
  assert.match((await run('settings', 'list', '--at', String(position))).stdout, /\nstaleCheckAfterMs +900000\n/)
  const wrong = await run('settings', 'set', 'staleCheckAfterMs=soon')
  assert.equal([wrong.status, wrong.stderr], [2, 'invalid-body: staleCheckAfterMs: expected a whole number from 0, got "soon"\n'])
})

test('jobs, repositories and schedules are listed and shown as they were', async () => {
  const { position } = JSON.parse((await run('audit', 'state', '--json')).stdout)
  const id = await backup()
  const due = ['--cron', '0 2 * * *', '--time-zone', 'UTC']
  await run('schedules', 'add', 'backup', '--id', 'nightly', '--repository', 'r', '--source', place.folder, ...due)
  const at = ['--at', String(position)]
  assert.match((await run('jobs')).stdout, id)
  assert.is((await run('jobs', 'list', ...at)).stdout, 'no jobs\n')
  assert.equal([(await run('jobs', 'show', id, ...at)).status, (await run('jobs', 'show', id)).status], [1, 0])
  assert.match((await run('repositories')).stdout, /\nr +\S+ +20/)
  assert.match((await run('repositories', 'list', ...at)).stdout, /\nr +\S+ +- +R\n/)
  assert.match((await run('schedules')).stdout, /\nnightly /)
  assert.is((await run('schedules', 'list', ...at)).stdout, 'no schedules\n')
  assert.equal([(await run('schedules', 'show', 'nightly', ...at)).status, (await run('schedules', 'show', 'nightly')).status], [1, 0])
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
