import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadModels } from '@borgledger/engine'
import { faultySqlite, sqliteError } from '@borgledger/testkit'
import { loadSqlite, type SqliteModule } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { recorded, requested } from './fixtures/history.js'
import { sqliteReadModels } from './index.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-full-'))
test.after(() => rmSync(directory, { recursive: true }))

/** On a full disk nothing is committed, and nothing moves out of the write-ahead log. */
const fullSqlite = (isFull: () => boolean): SqliteModule =>
  faultySqlite(loadSqlite(), (sql, run) => {
    if (isFull() && (sql === 'COMMIT' || sql.startsWith('PRAGMA wal_checkpoint'))) throw sqliteError(13)
    run()
  })

const open = async (name: string, driver: SqliteModule): Promise<ReadModels> => {
  const opened = await sqliteReadModels({ file: join(directory, name), driver })()
  if (E.isLeft(opened)) throw new Error(opened.left.detail)
  return opened.right
}

test('a page for which there is no space is none of its events’ fault, and goes in when there is some', async () => {
  let full = false
  const models = await open(
    'page.db',
    fullSqlite(() => full),
  )
  await models.apply(recorded([requested('a')]))()
  full = true
  const applied = await models.apply(recorded([requested('b'), requested('c')], 2))()
  assert.equal(applied, E.left({ tag: 'ProjectionFailed', position: 3, message: 'made to fail with 13', passing: true }))
  assert.is(await models.position(), 1)
  full = false
  assert.equal(await models.apply(recorded([requested('b'), requested('c')], 2))(), E.right(undefined))
  assert.is(await models.position(), 3)
  await models.close()
})

test('a file is closed on a full disk too, and the next to open it finds all that it held', async () => {
  let full = false
  const driver = fullSqlite(() => full)
  const models = await open('close.db', driver)
  await models.apply(recorded([requested('a'), requested('b')]))()
  full = true
  await models.close()
  full = false
  const again = await open('close.db', driver)
  assert.is(await again.position(), 2)
  await again.close()
})

test.run()
