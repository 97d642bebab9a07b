import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, loadSqlite, openDatabase, transaction } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { recorded, requested } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'
import { sqliteReadModels } from './index.js'
import { inspectFile } from './inspect-file.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-'))
test.after(() => rmSync(directory, { recursive: true }))

let files = 0
const newFile = (): string => join(directory, `${++files}.db`)

const positionIn = async (file: string): Promise<number> => {
  const models = await openModels({ file })
  return models.position().finally(models.close)
}

/** A closed file that holds five hundred jobs. */
const filled = async (): Promise<string> => {
  const file = newFile()
  const models = await openModels({ file })
  await models.apply(recorded(Array.from({ length: 500 }, (_, n) => requested(`job_${n}`))))()
  await models.close()
  return file
}

const change = (file: string, sql: string): void => {
  const connection: Connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  transaction(connection, () => connection.exec(sql))
  connection.close()
}

test('a missing file is made, and an empty one filled', async () => {
  const file = newFile()
  assert.is(await positionIn(file), 0)
  const empty = newFile()
  writeFileSync(empty, '')
  assert.is(await positionIn(empty), 0)
})

test('a file goes on where it was closed', async () => {
  assert.is(await positionIn(await filled()), 500)
})

test('a file of another version is made anew', async () => {
  const file = await filled()
  change(file, 'PRAGMA user_version = 0')
  assert.is(await positionIn(file), 0)
  assert.is(existsSync(`${file}.damaged`), false)
})

const damages: ReadonlyArray<readonly [name: string, damage: (file: string) => void]> = [
  ['cut short', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['no database at all', (file) => writeFileSync(file, 'x'.repeat(10_000))],
  ['with zeros in the middle', (file) => writeFileSync(file, readFileSync(file).fill(0, 8_192, 40_000))],
]
for (const [name, damage] of damages)
  test(`a file that is ${name} is set aside and made anew`, async () => {
    const file = await filled()
    damage(file)
    assert.is(await positionIn(file), 0)
    assert.ok(existsSync(`${file}.damaged`))
    assert.is(await positionIn(file), 0)
  })

test('only a file that is soon looked through is: a larger one opens as quickly as a small one', async () => {
  const file = await filled()
  writeFileSync(file, readFileSync(file).fill(0, 8_192, 40_000))
  const { size } = statSync(file)
  assert.equal([inspectFile(loadSqlite(), file, size), inspectFile(loadSqlite(), file, size - 1)], ['damaged', 'usable'])
})

test('a database of something else is refused and left as it is', async () => {
  const file = newFile()
  const other = openDatabase(loadSqlite(), { file, mode: 'write' })
  other.exec("CREATE TABLE photos (name TEXT); INSERT INTO photos VALUES ('holiday')")
  other.close()
  const before = readFileSync(file)
  const opened = await sqliteReadModels({ file })()
  assert.equal(opened, E.left({ tag: 'ReadModelsUnavailable', file, detail: 'it is a database of something else' }))
  assert.ok(readFileSync(file).equals(before))
})

test('a place that cannot be written is named', async () => {
  const blocked = newFile()
  writeFileSync(blocked, '')
  const within = newFile()
  mkdirSync(within)
  for (const file of [join(blocked, 'read.db'), join(directory, 'missing', 'read.db'), within]) {
    const opened = await sqliteReadModels({ file })()
    assert.ok(E.isLeft(opened), file)
    assert.equal([opened.left.tag, opened.left.file], ['ReadModelsUnavailable', file])
  }
})

test('a lock that somebody else holds for a moment is waited for', async () => {
  const file = await filled()
  const other = openDatabase(loadSqlite(), { file, mode: 'write' })
  other.exec('BEGIN IMMEDIATE')
  const opening = openModels({ file })
  setImmediate(() => other.exec('ROLLBACK'))
  const models = await opening
  other.exec('BEGIN IMMEDIATE')
  const applying = models.apply(recorded([requested('more')], 501))()
  setImmediate(() => other.exec('ROLLBACK'))
  assert.equal(await applying, E.right(undefined))
  assert.is(await models.position(), 501)
  await models.close()
  other.close()
})

test('a closed file is whole without its write-ahead log', async () => {
  const file = await filled()
  const copy = newFile()
  copyFileSync(file, copy)
  assert.is(await positionIn(copy), 500)
})

test.run()
