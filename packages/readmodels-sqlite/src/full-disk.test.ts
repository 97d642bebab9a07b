import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultySqlite, sqliteError } from '@borgledger/testkit'
import { loadSqlite, type SqliteModule } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { recorded, requested } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-full-'))
test.after(() => rmSync(directory, { recursive: true }))

/** On a full disk nothing is committed, and nothing moves out of the write-ahead log. */
const fullSqlite = (isFull: () => boolean): SqliteModule =>
  faultySqlite(loadSqlite(), (sql, run) => {
    if (isFull() && (sql === 'COMMIT' || sql.startsWith('PRAGMA wal_checkpoint'))) throw sqliteError(13)
    run()
  })

test('a page for which there is no space is none of its events’ fault, and goes in when there is some', async () => {
  let full = false
  const models = await openModels({ file: join(directory, 'page.db'), driver: fullSqlite(() => full) })
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
  const options = { file: join(directory, 'close.db'), driver: fullSqlite(() => full) }
  const models = await openModels(options)
  await models.apply(recorded([requested('a'), requested('b')]))()
  full = true
  await models.close()
  full = false
  const again = await openModels(options)
  assert.is(await again.position(), 2)
  await again.close()
})

test.run()
