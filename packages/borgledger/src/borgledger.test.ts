import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anna, codeOf, eventTypes, type Place, place, recorded, startBackup, value, withFake } from './fixtures/place.js'

const test = suite<{ where: Place }>('borgledger')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())

test('a backup is asked for, followed and finished, and its record tells all of it', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const job = await startBackup(ledger, where)
  const states: string[] = []
  for await (const update of job.updates()) states.push(update.state)
  assert.is(states.at(-1), 'completed')
  const end = await job.finished()
  assert.equal([end.state, end.outcome, end.effect, end.error], ['completed', 'success', 'complete', null])
  assert.match(end.archive ?? '', /^laptop-\d{8}T\d{6}Z$/)
  assert.is((await ledger.repositories())[0]?.lastBackup?.id, job.id)
  assert.is((await ledger.verify()).ok, true)
  await ledger.close()
})

test('what is wrong with a body is said by field, and nothing is recorded', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const before = ledger.position()
  const refused = await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [], sorces: ['/home'], onBusy: 'refuse' }, anna)
  assert.equal(!refused.ok && refused.error.errors?.map((error) => error.path), ['sources', 'sorces'])
  assert.is(codeOf(await ledger.start({ type: 'backup', repositoryId: 'nowhere', sources: ['/home'] }, anna)), 'repository-not-found')
  assert.is(codeOf(await ledger.start({ type: 'bakcup' }, anna)), 'invalid-body')
  assert.is(codeOf(await ledger.changeSettings({ logRetentionDays: -1 }, anna)), 'invalid-body')
  assert.is(ledger.position(), before)
  await ledger.close()
})

test('a backup with prune and compact has them as jobs of their own, and says where it is with them', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const job = await startBackup(ledger, where, { prune: { keep: { daily: 7 } }, compact: true })
  const end = await job.finished()
  assert.equal([end.state, end.outcome, end.maintenance], ['completed', 'success', 'compact_completed'])
  const jobs = value(await ledger.jobs()).items.map(({ type, state, parentJobId }) => [type, state, parentJobId])
  assert.equal(jobs, [
    ['compact', 'completed', job.id],
    ['prune', 'completed', job.id],
    ['backup', 'completed', null],
  ])
  await ledger.close()
})

test('a source that is not there fails the backup before borg starts', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const job = await startBackup(ledger, where, { sources: [where.sources, '/not/there'] })
  const end = await job.finished()
  assert.equal([end.state, end.error?.code, end.effect], ['failed', 'source-missing', 'none'])
  assert.not((await eventTypes(ledger, job.id)).includes('RunPrepared'))
  await ledger.close()
})

test('a passphrase that cannot be had fails the backup and says where it was looked for', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  value(await ledger.changeRepository('laptop', { passphrase: { env: 'NOT_SET_ANYWHERE' } }, anna))
  const end = await (await startBackup(ledger, where)).finished()
  assert.is(end.error?.code, 'passphrase-missing')
  assert.match(end.error?.message ?? '', /NOT_SET_ANYWHERE/)
  await ledger.close()
})

test('a cancel is recorded with who and why, and the job is cancelled when borg is gone', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'hang' })
  const job = await startBackup(ledger, where)
  for await (const update of job.updates()) if (update.progress !== null || update.steps.length > 0) break
  value(await job.cancel({ actor: 'user:bert', reason: 'wrong disk' }))
  const end = await job.finished()
  assert.is(end.state, 'cancelled')
  assert.equal([end.cancel?.requestedBy, end.cancel?.reason], ['user:bert', 'wrong disk'])
  assert.is(codeOf(await job.cancel({ ...anna, reason: 'again' })), 'already-finished')
  await ledger.close()
})

test('a caller who does not want to wait is told who is in the way', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'hang' })
  const job = await startBackup(ledger, where)
  value(await ledger.changeSettings({ maxConcurrentManualBackups: 5 }, anna))
  const refused = await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [where.sources], onBusy: 'refuse' }, anna)
  assert.equal(refused.ok ? null : [refused.error.code, refused.error.jobs], ['repository-busy', [job.id]])
  value(await job.cancel({ ...anna, reason: 'test' }))
  await job.finished()
  await ledger.close()
})

test('the same key makes one job, also from two calls at once', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const keyed = { ...anna, idempotencyKey: 'nightly-2026-11-23' }
  const body = { type: 'backup', repositoryId: 'laptop', sources: [where.sources] }
  const [first, meanwhile] = await Promise.all([ledger.start(body, keyed), ledger.start(body, keyed)])
  assert.equal([codeOf(first), codeOf(meanwhile)], ['ok', 'idempotency-key-in-use'])
  assert.is(value(await ledger.start({ sources: [where.sources], repositoryId: 'laptop', type: 'backup' }, keyed)).id, value(first).id)
  assert.is(codeOf(await ledger.start({ ...body, compression: 'lz4' }, keyed)), 'idempotency-key-reused')
  await value(first).finished()
  assert.is(value(await ledger.jobs()).items.length, 1)
  await ledger.close()
})

test('the log of a plain success is removed by policy, and its record says so; the log of another job stays', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const good = await startBackup(ledger, where)
  await good.finished()
  await recorded(ledger, good.id, 'LogRemoved')
  const { log } = value(await good.record())
  assert.equal([log.state, log.bytes > 0, log.removed?.reason], ['removed', true, 'policy'])
  await where.fake({ kind: 'warn' })
  const bad = await startBackup(ledger, where)
  assert.is((await bad.finished()).log.state, 'kept')
  await ledger.close()
  assert.equal(readdirSync(`${where.dataDir}/logs`), [`${bad.id}.log`])
})

test('a log that cannot be removed is named by the health of the ledger', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'warn' })
  const job = await startBackup(ledger, where)
  await job.finished()
  const log = `${where.dataDir}/logs/${job.id}.log`
  rmSync(log)
  mkdirSync(log)
  value(await job.deleteEntry(anna))
  await until(() => !ledger.health().ok, 'it was tried')
  assert.match(ledger.health().problems.join(), new RegExp(`job logs: 1 could not be removed .* the one of ${job.id}: `))
  await ledger.close()
})

test('an entry can be deleted once the job does not run: its log goes with it, its events stay', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'warn' })
  const job = await startBackup(ledger, where)
  await job.finished()
  value(await job.deleteEntry(anna))
  assert.is(codeOf(await job.record()), 'entry-deleted')
  assert.is(value(await ledger.jobs()).items.length, 0)
  assert.ok((await eventTypes(ledger, job.id)).includes('JobEntryDeleted'))
  await ledger.close()
  assert.equal(readdirSync(`${where.dataDir}/logs`), [], 'its log went with it')
})

test('a data directory has one owner, who is named to the second', async ({ where }) => {
  const ledger = await where.open()
  const second = await where.open().catch((error: Error) => error)
  assert.match((second as Error).message, new RegExp(`owned by process ${process.pid} `))
  await ledger.close()
  await (await where.open()).close()
})

test('read models that were deleted are made anew from the log, and are the same', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'warn' })
  await (await startBackup(ledger, where)).finished()
  const before = value(await ledger.jobs())
  await ledger.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${where.dataDir}/read-models.db${suffix}`, { force: true })
  const again = await where.open()
  assert.equal(value(await again.jobs()), before)
  await again.close()
})

test('a secret goes in and never comes out; without a key file the store is refused', async ({ where }) => {
  const ledger = await where.open()
  assert.is(codeOf(await ledger.putSecret('laptop', 'hunter2')), 'secret-store-disabled')
  await ledger.close()
  assert.not(existsSync(`${where.dataDir}/secrets/laptop`))
})

test('what the ledger keeps is for the eyes of its own user', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await (await startBackup(ledger, where)).finished()
  const open = readdirSync(where.dataDir).filter((name) => (statSync(`${where.dataDir}/${name}`).mode & 0o077) !== 0)
  assert.equal(open, [])
  await ledger.close()
})

test('who waits for a job when the ledger closes hears how it ended', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const ended = (await startBackup(ledger, where)).finished()
  await ledger.close()
  assert.is((await ended).state, 'completed')
})

test('closing twice is fine, and nothing answers as if it were open', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  await Promise.all([ledger.close(), ledger.close()])
  const refused = await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [where.sources] }, anna)
  assert.is(codeOf(refused), 'read-only')
})

test.run()
