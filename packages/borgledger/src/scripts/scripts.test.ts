/** Scripts around real processes: what was stopped is started again, whatever becomes of the backup between. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from '../borgledger.js'
import {
  anna,
  codeOf,
  eventTypes,
  hasBorg,
  type Place,
  place,
  startBackup,
  value,
  withFake,
  withPassphrase,
  withRepository,
} from '../fixtures/place.js'
import type { EndedJob } from '../jobs/index.js'

const test = suite<{ where: Place }>('scripts')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

const pre = { id: 'stop', phase: 'pre' } as const
const post = { id: 'start', phase: 'post' } as const

/** A service is a file that is there while it runs. `start` notes each of its runs, with what it was told. */
const addService = async (ledger: Borgledger, { folder }: Place, stop = ''): Promise<void> => {
  writeFileSync(join(folder, 'service'), '')
  const started = `touch "$DIR/service"; echo "$BORGLEDGER_HOOK_OUTCOME:$BORGLEDGER_HOOK_ARCHIVE" >> "$DIR/starts"`
  const env = { DIR: folder }
  value(await ledger.addScript({ id: 'stop', name: 'Stop it', body: `rm "$DIR/service"; ${stop}`, env }, anna))
  value(await ledger.addScript({ id: 'start', name: 'Start it', body: `#!/bin/sh -e\n${started}\n`, env }, anna))
}
const startsIn = ({ folder }: Place): ReadonlyArray<string> =>
  existsSync(join(folder, 'starts')) ? readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n') : []
const runs = ({ folder }: Place): boolean => existsSync(join(folder, 'service'))
const stepsOf = ({ steps }: EndedJob) => steps.map(({ name, state }) => `${name} ${state}`)

withBorg('a real backup runs between its scripts, and the one after it is told how it went', async ({ where }) => {
  const ledger = await withPassphrase(where)
  await addService(ledger, where)
  const end = await (await startBackup(ledger, where, { scripts: [pre, post] })).finished()
  assert.equal([end.state, end.outcome, end.warnings], ['completed', 'success', []])
  assert.equal(stepsOf(end), ['pre:stop completed', 'create completed', 'post:start completed'])
  assert.equal(startsIn(where), [`success:${end.archive}`])
  writeFileSync(`${where.folder}/passphrase`, 'wrong\n')
  const failed = await (await startBackup(ledger, where, { scripts: [pre, post] })).finished()
  assert.equal([failed.state, failed.error?.code], ['failed', 'passphrase-wrong'])
  assert.equal([startsIn(where)[1], runs(where)], ['failure:', true])
  const intents = (await ledger.events({ tags: [`job:${failed.id}`], limit: 100 })).filter(({ type }) => type === 'RunPrepared')
  const { work } = (intents[0]?.data ?? {}) as { work?: { scriptId: string; name: string } }
  assert.equal([work?.scriptId, work?.name], ['stop', 'Stop it'])
  await ledger.close()
})

test('whatever a pre-script says of the backup, borg is not started, and what it stopped is started again', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where, 'echo "not mounted" >&2; exit 7')
  const failed = await (await startBackup(ledger, where, { scripts: [pre, post] })).finished()
  assert.equal([failed.state, failed.error?.code, failed.error?.exitCode], ['failed', 'script-failed', 7])
  assert.match(failed.error?.message ?? '', /^pre:stop failed: script stop ended with exit code 7: not mounted$/)
  assert.equal(stepsOf(failed), ['pre:stop failed', 'post:start completed'])
  const skipped = await (await startBackup(ledger, where, { scripts: [{ ...pre, onFailure: 'skip' }, post] })).finished()
  assert.equal([skipped.state, skipped.error?.code, skipped.effect], ['cancelled', 'skipped-by-script', 'none'])
  const done = await (await startBackup(ledger, where, { scripts: [{ ...pre, onFailure: 'continue' }, post] })).finished()
  assert.equal([done.state, done.outcome, done.warnings.map(({ code }) => code)], ['completed', 'warning', ['script-failed']])
  assert.equal(startsIn(where), ['failure:', 'cancelled:', `warning:${done.archive}`])
  await ledger.close()
})

test('a source that is not there fails the backup after its pre-script, and what that stopped is started again', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where)
  const end = await (await startBackup(ledger, where, { sources: ['/not/there'], scripts: [pre, post] })).finished()
  assert.equal([end.state, end.error?.code, startsIn(where)], ['failed', 'source-missing', ['failure:']])
  await ledger.close()
})

test('a cancel ends a pre-script with all that it started, and what it stopped is started again', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where, 'sleep 300 & echo $! > "$DIR/child"; wait')
  const job = await startBackup(ledger, where, { scripts: [pre, post] })
  const child = (): string => (existsSync(join(where.folder, 'child')) ? readFileSync(join(where.folder, 'child'), 'utf8') : '')
  await until(() => child() !== '', 'the script is under way')
  value(await job.cancel({ ...anna, reason: 'wrong disk' }))
  const end = await job.finished()
  assert.equal([end.state, end.error], ['cancelled', null])
  assert.equal(stepsOf(end), ['pre:stop cancelled', 'post:start completed'])
  assert.equal([startsIn(where), runs(where)], [['cancelled:'], true])
  await until(() => !isAlive(Number(child())), 'its child is gone')
  await ledger.close()
})

test('a post-script goes on though a cancel is asked, a force ends it, and the next one still runs', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where)
  const hang = 'echo > "$DIR/hangs"; sleep 300'
  value(await ledger.addScript({ id: 'hang', name: 'Hang', body: hang, env: { DIR: where.folder } }, anna))
  const job = await startBackup(ledger, where, { scripts: [pre, { id: 'hang', phase: 'post' }, post] })
  await until(() => existsSync(join(where.folder, 'hangs')), 'the first post-script is under way')
  assert.is(value(await job.cancel({ ...anna, reason: 'bored' })).state, 'running')
  assert.not((await eventTypes(ledger, job.id)).includes('SignalSent'))
  value(await job.cancel({ ...anna, reason: 'bored', force: true }))
  const end = await job.finished()
  assert.equal([end.state, end.outcome, end.warnings.map(({ code }) => code)], ['completed', 'warning', ['step-failed']])
  assert.match(end.warnings[0]?.message ?? '', /^post:hang failed: script hang was ended by SIGTERM/)
  assert.equal(stepsOf(end).slice(-2), ['post:hang failed', 'post:start completed'])
  assert.equal(startsIn(where), [`success:${end.archive}`])
  await ledger.close()
})

test('a script that takes too long is ended, and the backup fails by that name', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where, 'sleep 300')
  value(await ledger.changeScript('stop', { timeoutMs: 300 }, anna))
  const end = await (await startBackup(ledger, where, { scripts: [pre, post] })).finished()
  assert.equal([end.state, end.error?.code, runs(where)], ['failed', 'script-timeout', true])
  await ledger.close()
})

test('a script is told nothing of the passphrase nor of what the host keeps secret', async ({ where }) => {
  const canary = 'canary-7d1f-correct-horse'
  writeFileSync(`${where.folder}/passphrase`, `${canary}\n`)
  const env = { ...process.env, BORGLEDGER_ADMIN_TOKEN: canary, LAPTOP_PASS: canary, AWS_SECRET_ACCESS_KEY: canary }
  const executable = await where.fake({ kind: 'succeed' })
  const access = { passphrase: { env: 'LAPTOP_PASS' }, create: { encryption: 'repokey' }, borg: { executable } }
  const ledger = await withRepository(where, access, { env })
  value(
    await ledger.addScript(
      { id: 'look', name: 'Look', body: 'env > "$OUT"; cat <&3 >> "$OUT"; exit 0', env: { OUT: `${where.folder}/seen` } },
      anna,
    ),
  )
  const end = await (await startBackup(ledger, where, { scripts: [{ id: 'look', phase: 'post' }] })).finished()
  assert.is(end.state, 'completed')
  const seen = readFileSync(`${where.folder}/seen`, 'utf8')
  assert.not.match(seen, canary)
  const names = seen.split('\n').flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? [])
  const hook = ['ARCHIVE', 'JOB_ID', 'LOCATION', 'OUTCOME', 'PHASE', 'REPOSITORY_ID'].map((name) => `BORGLEDGER_HOOK_${name}`)
  const may = [
    ...hook,
    'BORGLEDGER_RUN_ID',
    'HOME',
    'LANG',
    'LC_ALL',
    'LOGNAME',
    'OUT',
    'PATH',
    'PWD',
    'TMPDIR',
    'USER',
    'OLDPWD',
    '_',
    'SHLVL',
  ]
  assert.equal(
    names.filter((name) => !may.includes(name)),
    [],
  )
  assert.equal(
    hook.filter((name) => !names.includes(name)),
    [],
  )
  await ledger.close()
})

test('a script that jobs name stays until they are over, and one that is not there is named by none', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await addService(ledger, where, 'sleep 300')
  const job = await startBackup(ledger, where, { scripts: [pre] })
  const kept = await ledger.removeScript('stop', anna)
  assert.equal(!kept.ok && [kept.error.code, kept.error.jobs], ['script-in-use', [job.id]])
  value(await job.cancel({ ...anna, reason: 'enough' }))
  await job.finished()
  value(await ledger.removeScript('stop', anna))
  assert.is(codeOf(await ledger.script('stop')), 'script-not-found')
  const scripts = [post, pre]
  const refused = await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: ['/home'], scripts }, anna)
  assert.equal(!refused.ok && refused.error.errors?.map(({ path }) => path), ['scripts.1.id'])
  await ledger.close()
})

test.run()
