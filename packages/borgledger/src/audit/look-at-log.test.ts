import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
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

const tamper = (sql: string): void => {
  const connection = openDatabase(loadSqlite(), { file: layoutOf(dataDir).log, mode: 'write' })
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

test.run()
