// Two hundred random changes behind the back of a log and of its tables: every one is named, and the log as it was is whole. The seed is printed.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodePage, type ReadModels, type Verified, verifyLedger } from '@borgledger/engine'
import { decodeCommit, inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { sqliteReadModels } from '@borgledger/readmodels-sqlite'
import { chance, generatedHistory, looseLog, mutatedLog, mutateRow, mutations } from '@borgledger/testkit'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkHead, type SignedHead, signHead } from './signed-head.js'

const seed = Number(process.env['BORGLEDGER_PROPERTY_SEED'] ?? 20_261_103)
const count = Number(process.env['BORGLEDGER_MUTATIONS'] ?? 200)
const manyJobs = Number(process.env['BORGLEDGER_MUTATED_JOBS'] ?? 2_000)

const folder = mkdtempSync(join(tmpdir(), 'mutations-'))
const key = join(folder, 'key.pem')
const log = [...generatedHistory({ jobs: 60, seed, repositories: 3 })]
let signed: SignedHead
const whole = join(folder, 'whole.db')

const tablesIn = async (file: string): Promise<ReadModels> => {
  const opened = await sqliteReadModels({ file })()
  if (E.isLeft(opened)) throw new Error(opened.left.detail)
  return opened.right
}

test.before(async () => {
  const newest = log.at(-1) as RecordedCommit
  signed = await signHead(key, { position: newest.last, hash: newest.hash }, newest.at)
  const models = await tablesIn(whole)
  for (const commit of log) assert.ok(E.isRight(await models.apply(decodePage(decodeCommit(commit)))()))
  await models.close()
})
test.after(() => rmSync(folder, { recursive: true }))

test('the log as it was is whole, with its tables and its head', async () => {
  const models = await tablesIn(whole)
  assert.is((await verifyLedger({ store: looseLog(log), readModels: models })).ok, true)
  await models.close()
  assert.is((await checkHead(key, looseLog(log), signed)).ok, true)
})

test(`${count} random changes of the log of ${manyJobs} jobs are named, seed ${seed}`, async () => {
  const store = inMemoryEventStore({ commits: [...generatedHistory({ jobs: manyJobs, seed })] })
  const known: Verified[] = []
  const { ok, position, hash } = await verifyLedger({ store, readModels: null, onProgress: (_, verified) => known.push(verified) })
  assert.is(ok, true)
  const head = await signHead(key, { position, hash }, '2026-11-03T02:13:00.000Z')
  const by = chance(seed)
  for (let nth = 0; nth < count; nth++) {
    const mutation = mutations[nth % mutations.length] as (typeof mutations)[number]
    const told = `${mutation.what}, change ${nth} of seed ${seed}`
    const mutated = await mutatedLog(store, position, mutation, by)
    const from = known.findLast((verified) => verified.head.position <= mutated.before.position)
    const parts = { store: mutated.store, readModels: null }
    if (mutation.kind === 'changed') {
      const { ok, divergence } = await verifyLedger({ ...parts, ...(from === undefined ? {} : { from }) })
      assert.is(ok, false, told)
      assert.ok(
        divergence !== undefined && divergence.what !== '' && (divergence.position ?? 0) > mutated.before.position,
        `${told} is named`,
      )
      if (nth % 20 === 0) assert.equal((await verifyLedger(parts)).divergence, divergence, `${told}, from the first commit on`)
    }
    const check = await checkHead(key, mutated.store, head, from?.head)
    assert.ok(!check.ok && check.what !== '', `${told}: ${check.what}`)
  }
})

test(`random changes of the tables are named, seed ${seed}`, async () => {
  const by = chance(seed + 1)
  const file = join(folder, 'changed.db')
  copyFileSync(whole, file)
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  const models = await tablesIn(file)
  for (let nth = 0; nth < count / 5; nth++) {
    const { table, undo } = mutateRow(connection, by)
    const { ok, divergence } = await verifyLedger({ store: looseLog(log), readModels: models })
    assert.equal([ok, divergence?.cause, divergence?.row?.table], [false, 'tables', table], `change ${nth} of seed ${seed}`)
    undo()
  }
  assert.is((await verifyLedger({ store: looseLog(log), readModels: models })).ok, true)
  await models.close()
  connection.close()
})

test.run()
