import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBorgledger } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlaceHere } from '../fixtures/borg-place.js'
import { commandLine } from '../fixtures/command-line.js'
import type { Ended } from '../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlaceHere()
})
test.after.each(() => place.remove())

const run = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(args, place.env)
const addRepository = () => run(...place.registering)
const backup = (...more: ReadonlyArray<string>) => run('run', 'backup', '--repository', 'r', '--source', place.folder, ...more)

test('wrong usage ends with 2, help and version with 0', async () => {
  const wrong = [
    ['nap'],
    ['run', 'backup'],
    ['jobs', 'show'],
    ['jobs', 'list', '--limit', 'ten'],
    ['jobs', '--state', 'done'],
    ['serve', '--loud'],
    [],
  ]
  for (const args of wrong) assert.is((await run(...args)).status, 2, args.join(' '))
  const version = await run('--version')
  assert.equal([version.status, version.stdout], [0, '0.1.0\n'])
  const help = await run('run', 'backup', '--help')
  assert.is(help.status, 0)
  assert.match(help.stdout, '--repository <id>')
  assert.match(help.stdout, '--json')
})

test('settings that are wrong end every command with 2', async () => {
  const { status, stderr } = await commandLine(['jobs'], { ...place.env, BORGLEDGER_LISTEN: 'x', BORGLEDGER_NOPE: '1' })
  assert.is(status, 2)
  assert.match(stderr, /BORGLEDGER_NOPE[\s\S]*BORGLEDGER_LISTEN/)
})

test('a backup names its scripts, before and after', async () => {
  await addRepository()
  assert.is((await backup('--pre', 'stop')).status, 2, 'there is no such script')
  const ledger = await createBorgledger({ dataDir: place.dataDir })
  for (const id of ['stop', 'start']) await ledger.addScript({ id, name: id, body: 'true' }, { actor: 'user:anna' })
  await ledger.close()
  assert.is((await backup('--pre', 'stop', '--post', 'start', 'stop')).status, 0)
  const [{ steps }] = JSON.parse((await run('jobs', '--json')).stdout).items
  assert.equal(
    steps.map(({ name }: { name: string }) => name),
    ['pre:stop', 'create', 'post:start', 'post:stop'],
  )
})

test('without an owner the command is the owner: a backup runs to its end and is found again', async () => {
  assert.is((await addRepository()).status, 0)
  const ran = await backup()
  assert.is(ran.status, 0)
  assert.match(ran.stdout, /^backup job_\S+ running\nbackup job_\S+ completed r-\d{8}T\d{6}Z\n$/)
  const { items } = JSON.parse((await run('jobs', '--json')).stdout)
  assert.equal([items.length, items[0].state, items[0].requestedBy], [1, 'completed', 'user:cli'])
  assert.match((await run('jobs')).stdout, /^JOB +TYPE +REPOSITORY[\s\S]*\njob_\S+ +backup +r +\S+ +completed\n$/)
  assert.match((await run('repositories')).stdout, /\nr +\S+repository +20\S+Z +R\n$/)
})

test('a failed job ends with 1 and says why; with --json it is the record', async () => {
  await addRepository()
  const failed = await run('run', 'backup', '--repository', 'r', '--source', join(place.folder, 'not-here'))
  assert.is(failed.status, 1)
  assert.match(failed.stdout, /failed source-missing: /)
  const asJson = await run('run', 'backup', '--repository', 'r', '--source', join(place.folder, 'not-here'), '--json')
  assert.equal([asJson.status, JSON.parse(asJson.stdout).error.code], [1, 'source-missing'])
})

test('a refusal says its code: 2 for what was asked wrongly, 1 for what cannot be', async () => {
  const unknown = await backup()
  assert.is(unknown.status, 1)
  assert.match(unknown.stderr, /^repository-not-found: /)
  const wrong = await backup('--compression', 'best')
  assert.is(wrong.status, 2)
  assert.match(wrong.stderr, /^invalid-body: compression: /)
})

test('what is said on the command line comes to the job', async () => {
  await addRepository()
  const { stdout } = await backup(
    '--exclude',
    '*.tmp',
    '*.bak',
    '--series',
    'docs',
    '--one-file-system',
    '--checkpoint-interval-s',
    '60',
    '--json',
  )
  const { spec } = JSON.parse(stdout)
  assert.equal([spec.excludes, spec.series, spec.options], [['*.tmp', '*.bak'], 'docs', { oneFileSystem: true, checkpointIntervalS: 60 }])
})

/** Before the command line comes: the settings have no command of their own yet. */
const keepAllLogs = async (): Promise<void> => {
  const ledger = await createBorgledger({ dataDir: place.dataDir, runsJobs: false })
  await ledger.changeSettings({ logSavePolicy: 'all' }, { actor: 'user:anna' })
  await ledger.close()
}

test('a job is shown, its log told, its entry deleted', async () => {
  await keepAllLogs()
  await addRepository()
  const { id } = JSON.parse((await backup('--json')).stdout)
  const shown = await run('jobs', 'show', id)
  assert.match(shown.stdout, /^job: +job_/)
  assert.match(shown.stdout, /state: +completed/)
  const log = await run('log', id)
  assert.match(log.stdout, /borg ended with exit code 0\n$/)
  assert.is((await run('log', id, '--follow')).stdout, log.stdout)
  const lines = (await run('log', id, '--json')).stdout.trimEnd().split('\n')
  assert.is(`${lines.map((line) => JSON.parse(line)).join('\n')}\n`, log.stdout)
  assert.is((await run('jobs', 'cancel', id)).status, 1)
  assert.is((await run('jobs', 'delete', id)).status, 0)
  assert.match((await run('jobs', 'show', id)).stderr, /^entry-deleted: /)
})

test('of a success the log is removed by policy, and asking for it says so', async () => {
  await addRepository()
  const { id } = JSON.parse((await backup('--json')).stdout)
  for (const more of [[], ['--follow']]) {
    const { status, stderr } = await run('log', id, ...more)
    assert.is(status, 1)
    assert.match(stderr, /^log-removed: the log of job \S+ was removed at 20\S+Z by policy: /)
  }
  assert.match((await run('jobs', 'show', id)).stdout, /log: +removed/)
})

test('the same idempotency key asks for one job', async () => {
  await addRepository()
  const [first, second] = [await backup('--json', '--idempotency-key', 'k'), await backup('--json', '--idempotency-key', 'k')]
  assert.is(JSON.parse(first.stdout).id, JSON.parse(second.stdout).id)
})

test('a data directory that somebody owns without serving is refused by name', async () => {
  const ledger = await createBorgledger({ dataDir: place.dataDir, borg: place.borg })
  const { status, stderr } = await run('jobs')
  assert.is(status, 1)
  assert.match(stderr, `is owned by process ${process.pid} `)
  await ledger.close()
})

/** Changes a text wherever it stands in the closed log, by one of the same length. */
const tamper = async (from: string, to: string): Promise<void> => {
  const file = join(place.dataDir, 'log.db')
  const text = await readFile(file, 'latin1')
  assert.ok(text.includes(from), 'found in the file')
  await writeFile(file, text.replaceAll(from, to), 'latin1')
}

test('history verifies, until an old event is tampered with: then it does not, and the event is named', async () => {
  const ledger = await createBorgledger({ dataDir: place.dataDir, borg: place.borg })
  const body = { id: 'r', name: 'R', location: join(place.folder, 'repository'), create: { encryption: 'none' } }
  assert.ok((await ledger.addRepository(body, { actor: 'user:test' })).ok)
  const registered = (await ledger.events()).find(({ type }) => type === 'RepositoryRegistered')?.position
  for (let days = 100; days < 220; days += 1) await ledger.changeSettings({ logRetentionDays: days }, { actor: 'user:test' })
  await ledger.close()
  const whole = await run('audit', 'verify')
  assert.is(whole.status, 0)
  assert.match(whole.stdout, /^verified: \d+ events in \d+ commits/)
  await tamper('"name":"R"', '"name":"Q"')
  const verdict = await run('audit', 'verify', '--json')
  assert.is(verdict.status, 1)
  const { ok, divergence } = JSON.parse(verdict.stdout)
  assert.equal([ok, divergence.position], [false, registered])
  assert.match((await run('audit', 'verify')).stdout, `not verified: `)
})

test('a log that is damaged at its end is not opened, and the place is named', async () => {
  await addRepository()
  await tamper('"name":"R"', '"name":"Q"')
  const { status, stderr } = await run('jobs')
  assert.is(status, 1)
  assert.match(stderr, /damaged at position \d+/)
})

test.run()
