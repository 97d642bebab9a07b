// Two hundred random changes behind the back of a log and of its tables: every one is named, and the log as it was is whole. The seed is printed.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodePage, type ReadModels, verifyLedger } from '@borgledger/engine'
import { decodeCommit, type RecordedCommit } from '@borgledger/eventstore'
import { sqliteReadModels } from '@borgledger/readmodels-sqlite'
import { type Chance, chance, generatedHistory, looseLog, mutations } from '@borgledger/testkit'
import { loadSqlite, openDatabase, type Row } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkHead, type SignedHead, signHead } from './signed-head.js'

const seed = Number(process.env['BORGLEDGER_PROPERTY_SEED'] ?? 20_261_103)
const count = Number(process.env['BORGLEDGER_MUTATIONS'] ?? 200)
const jobs = Number(process.env['BORGLEDGER_MUTATED_JOBS'] ?? 60)

const folder = mkdtempSync(join(tmpdir(), 'mutations-'))
const key = join(folder, 'key.pem')
const log = [...generatedHistory({ jobs, seed, repositories: 3 })]
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

/** Also a mutation that hits by chance what it replaces is none. */
const changed = (mutate: (typeof mutations)[number]['mutate'], by: Chance): ReadonlyArray<RecordedCommit> => {
  for (;;) {
    const mutated = mutate(log, by)
    if (JSON.stringify(mutated) !== JSON.stringify(log)) return mutated
  }
}

test(`${count} random changes of the log are named, seed ${seed}`, async () => {
  const by = chance(seed)
  for (let nth = 0; nth < count; nth++) {
    const { what, kind, mutate } = mutations[nth % mutations.length] as (typeof mutations)[number]
    const mutated = changed(mutate, by)
    const told = `${what}, change ${nth} of seed ${seed}`
    if (kind === 'changed') {
      const { ok, divergence } = await verifyLedger({ store: looseLog(mutated), readModels: null })
      assert.is(ok, false, told)
      assert.ok(divergence !== undefined && divergence.what !== '' && divergence.position !== null, `${told} is named`)
    }
    const check = await checkHead(key, looseLog(mutated), signed)
    assert.ok(!check.ok && check.what !== '', `${told}: ${check.what}`)
  }
})

/** Changes one value of one row of one table; answers with the table. */
const mutateTables = (file: string, by: Chance): string => {
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('checkpoint')").all()
  const filled = tables.map(({ name }) => String(name)).filter((name) => connection.prepare(`SELECT 1 FROM ${name}`).get() !== undefined)
  const table = filled[by.whole(0, filled.length - 1)] ?? ''
  const row = rowOf(connection.prepare(`SELECT * FROM ${table}`).all(), by)
  const columns = Object.keys(row).filter((column) => row[column] !== null)
  const column = columns[by.whole(0, columns.length - 1)] ?? ''
  const keys = connection.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0').all(table)
  const where = keys.map(({ name }) => `${name} = ?`).join(' AND ')
  const key = keys.map(({ name }) => row[String(name)] ?? null)
  if (by.happens(0.2)) connection.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...key)
  else {
    const value = row[column]
    const other = typeof value === 'number' ? value + 100_000_000 : `${value}x`
    connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(other, ...key)
  }
  connection.close()
  return table
}
const rowOf = (rows: ReadonlyArray<Row>, by: Chance): Row => rows[by.whole(0, rows.length - 1)] ?? {}

test(`random changes of the tables are named, seed ${seed}`, async () => {
  const by = chance(seed + 1)
  for (let nth = 0; nth < count / 5; nth++) {
    const file = join(folder, `changed-${nth}.db`)
    copyFileSync(whole, file)
    const table = mutateTables(file, by)
    const models = await tablesIn(file)
    const { ok, divergence } = await verifyLedger({ store: looseLog(log), readModels: models })
    assert.equal([ok, divergence?.cause, divergence?.row?.table], [false, 'tables', table], `change ${nth} of seed ${seed}`)
    await models.close()
    rmSync(file)
  }
})

test.run()
