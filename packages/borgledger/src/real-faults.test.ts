import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anna, hasBorg, isLocked, makeHeavy, type Place, place, startBackup, value, withFake, withPassphrase } from './fixtures/place.js'

const test = suite<{ where: Place }>('real faults')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

withBorg('a wrong passphrase fails the backup by its name, without an effect, and stands in its history', async ({ where }) => {
  const ledger = await withPassphrase(where)
  writeFileSync(`${where.folder}/passphrase`, 'wrong\n')
  const end = await (await startBackup(ledger, where)).finished()
  assert.equal([end.state, end.error?.code, end.error?.msgid, end.effect], ['failed', 'passphrase-wrong', 'PassphraseWrong', 'none'])
  assert.is(value(await ledger.jobs()).items[0]?.error?.code, 'passphrase-wrong')
  await ledger.close()
})

withBorg('a repository that is gone fails the backup by its name', async ({ where }) => {
  const ledger = await withPassphrase(where)
  rmSync(where.repository, { recursive: true })
  const end = await (await startBackup(ledger, where)).finished()
  assert.equal([end.state, end.error?.code, end.effect], ['failed', 'repository-missing', 'none'])
  await ledger.close()
})

withBorg('sources that vanish half-way leave an archive with a warning that names them', async ({ where }) => {
  const ledger = await withPassphrase(where)
  makeHeavy(where, 24)
  const job = await startBackup(ledger, where, { compression: 'lzma,9' })
  await until(() => isLocked(where), 'borg is at work')
  renameSync(where.sources, `${where.folder}/elsewhere`)
  const end = await job.finished()
  assert.equal([end.state, end.outcome, end.effect], ['completed', 'warning', 'complete'])
  const gone = end.warnings.find((warning) => warning.code === 'source-missing')
  assert.match(gone?.message ?? '', new RegExp(where.sources))
  await ledger.close()
})

withBorg('a cancel in the middle ends borg, leaves no archive and no lock, and the next backup runs', async ({ where }) => {
  const ledger = await withPassphrase(where)
  makeHeavy(where, 24)
  const job = await startBackup(ledger, where, { compression: 'lzma,9' })
  await until(() => isLocked(where), 'borg is at work')
  value(await job.cancel({ ...anna, reason: 'wrong disk' }))
  const end = await job.finished()
  assert.equal([end.state, end.effect, end.archive], ['cancelled', 'none', null])
  assert.not(isLocked(where))
  const next = await (await startBackup(ledger, where, { sources: [`${where.sources}/a.txt`], prune: { keep: { last: 1 } } })).finished()
  assert.equal(
    [next.state, next.outcome, next.maintenance],
    ['completed', 'success', 'prune_completed'],
    'what the cancelled one left does not keep it from its prune',
  )
  await ledger.close()
})

test('what nobody knows of is kept as it was said', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'fail', msgid: 'Quantum.Fault', message: 'the cat is both', exitCode: 77 })
  const { state, error } = await (await startBackup(ledger, where)).finished()
  const raw = { message: 'the cat is both', msgid: 'Quantum.Fault', exitCode: 77 }
  assert.equal([state, error], ['failed', { code: 'borg-failed', ...raw }])
  await ledger.close()
})

test.run()
