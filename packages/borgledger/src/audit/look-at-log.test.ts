import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatedHistory, looseLog } from '@borgledger/testkit'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from '../borgledger.js'
import { createBorgledger } from '../create-borgledger.js'
import { layoutOf } from '../data-dir/index.js'
import { lookAtLog } from './look-at-log.js'

const anna = { actor: 'user:anna' }
let dataDir: string
let ledger: Borgledger
test.before.each(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'look-at-log-'))
  ledger = await createBorgledger({ dataDir })
})
test.after.each(async () => {
  await ledger.close()
  rmSync(dataDir, { recursive: true })
})

const change = async (logRetentionDays: number): Promise<void> => void (await ledger.changeSettings({ logRetentionDays }, anna))

const tamper = (sql: string, directory = dataDir): void => {
  const connection = openDatabase(loadSqlite(), { file: layoutOf(directory).log, mode: 'write' })
  connection.exec(sql)
  connection.close()
}

test('a log is looked at while its owner writes, and says where it ends', async () => {
  await change(1)
  const [last] = await ledger.events({ after: ledger.position() - 1 })
  assert.equal(await lookAtLog(dataDir), { tag: 'Fine', position: ledger.position(), at: last?.at })
})

test('no log is no fault', async () => {
  assert.equal(await lookAtLog(join(dataDir, 'nowhere')), { tag: 'None' })
})

test('a change among the newest commits is named', async () => {
  for (const days of [1, 2, 3]) await change(days)
  await ledger.close()
  tamper(`UPDATE events SET data = '{"changes":{"logRetentionDays":9}}' WHERE type = 'SettingsChanged' AND position = (
    SELECT MAX(position) FROM events WHERE type = 'SettingsChanged')`)
  const look = await lookAtLog(dataDir)
  assert.is(look.tag, 'Wrong')
  assert.match(look.tag === 'Wrong' ? look.what : '', /the hash does not follow .* \(at position \d+\)/)
})

test('in a short log the first commit is looked at too', async () => {
  await ledger.close()
  tamper(`UPDATE commits SET actor = 'user:mallory' WHERE id = (SELECT id FROM commits ORDER BY first LIMIT 1)`)
  const look = await lookAtLog(dataDir)
  assert.match(look.tag === 'Wrong' ? look.what : '', /at position 1\)/)
})

test('of a long log only the newest positions are looked at', async () => {
  const directory = join(dataDir, 'long')
  mkdirSync(directory)
  const history = [...generatedHistory({ jobs: 150, seed: 20_261_103 })]
  const { last: position = 0, at } = history.at(-1) ?? {}
  assert.ok(position > 1_100)
  const opened = await sqliteEventStore({ file: layoutOf(directory).log })()
  if (E.isLeft(opened)) throw new Error(opened.left.tag)
  await opened.right.restore(looseLog(history).commits())()
  await opened.right.close()
  tamper(`UPDATE commits SET actor = 'user:mallory' WHERE first = 1`, directory)
  assert.equal(await lookAtLog(directory), { tag: 'Fine', position, at })
  tamper(`UPDATE commits SET actor = 'user:mallory' WHERE last = ${position}`, directory)
  assert.is((await lookAtLog(directory)).tag, 'Wrong')
})

test.run()
