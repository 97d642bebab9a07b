import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { faultySqlite, sqliteError } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  classify,
  type Database,
  loadSqlite,
  openDatabase,
  PragmaRefused,
  type Prepared,
  type SqliteModule,
  type Statement,
  transaction,
  waitWhileBusy,
} from './index.js'

const withFile = async (body: (file: string) => Promise<void> | void): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'driver-test-'))
  try {
    await body(join(directory, 'a.db'))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

test('a written file is durable, and that was read back', () =>
  withFile((file) => {
    const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
    assert.equal([connection.pragma('journal_mode'), connection.pragma('synchronous'), connection.pragma('busy_timeout')], ['wal', 2, 0])
    connection.close()
  }))

test('a driver that does not set what it was told is found out', () =>
  withFile((file) => {
    for (const ignored of ['PRAGMA journal_mode', 'PRAGMA synchronous']) {
      const deaf = faultySqlite(loadSqlite(), (sql, run) => {
        if (!sql.startsWith(ignored)) run()
      })
      const open = () => openDatabase(deaf, { file: `${file}-${ignored.length}`, mode: 'write', synchronous: 'NORMAL' })
      assert.throws(open, (error: unknown) => error instanceof PragmaRefused)
    }
  }))

test('errors are told apart by their number', () => {
  const faults = [5, 517, 13, 8, 1032, 11, 26, 2067, 1555, 1034, 14, 4874, 1].map((errcode) => classify(sqliteError(errcode)))
  assert.equal(faults, [
    'busy',
    'busy',
    'full',
    'read-only',
    'read-only',
    'corrupt',
    'corrupt',
    'unique',
    'unique',
    'io',
    'cannot-open',
    'full',
    'other',
  ])
  assert.is(classify(new TypeError('a bug')), null)
})

test('a transaction that throws leaves nothing, and its error is the one that is seen', () =>
  withFile((file) => {
    const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
    connection.exec('CREATE TABLE t (a)')
    const failing = () =>
      transaction(connection, () => {
        connection.exec('INSERT INTO t VALUES (1)')
        throw new Error('in the middle')
      })
    assert.throws(failing, /in the middle/)
    assert.is(connection.inTransaction(), false)
    assert.equal(connection.prepare('SELECT * FROM t').all(), [])
    connection.close()
  }))

test('waiting for a lock ends at its deadline, or when the lock is free', async () => {
  const busy = (): never => {
    throw sqliteError(5)
  }
  const waited = await waitWhileBusy(busy, 20)
  assert.ok(waited.tag === 'Busy' && waited.waitedMs >= 20)
  let tries = 0
  assert.is(await waitWhileBusy(() => (++tries < 4 ? busy() : 'done'), 5_000), 'done')
  const bug = await waitWhileBusy(() => {
    throw new Error('not a lock')
  }, 5_000).catch(String)
  assert.is(bug, 'Error: not a lock')
})

test('tuples have the values in the order of the columns, also from a driver that only has rows', () =>
  withFile((file) => {
    const real = loadSqlite()
    const older: SqliteModule = {
      DatabaseSync: class extends real.DatabaseSync {
        override prepare = (sql: string): Statement => {
          const statement: Statement = real.DatabaseSync.prototype.prepare.call(this, sql)
          const run: Statement['run'] = (...values) => statement.run(...values)
          return { run, get: (...values) => statement.get(...values), all: (...values) => statement.all(...values) }
        }
      },
    }
    for (const driver of [real, older]) {
      const connection = openDatabase(driver, { file, mode: 'write' })
      const both = connection.prepareTuples("SELECT 2 AS b, 'x' AS a WHERE ? UNION ALL SELECT NULL, 1")
      assert.equal(both.all(1), [
        [2, 'x'],
        [null, 1],
      ])
      connection.close()
    }
  }))

test('a statement keeps its database from being collected', () =>
  withFile(async (file) => {
    assert.ok(globalThis.gc, 'the suites run with --expose-gc')
    const real = loadSqlite()
    const databases: Array<WeakRef<Database>> = []
    const watched: SqliteModule = {
      DatabaseSync: class extends real.DatabaseSync {
        constructor(path: string, options?: { readonly readOnly?: boolean }) {
          super(path, options)
          databases.push(new WeakRef<Database>(this))
        }
      },
    }
    const prepare = (): Prepared => openDatabase(watched, { file, mode: 'write' }).prepare('SELECT 7 AS n')
    const held = prepare()
    prepare()
    for (let round = 0; round < 5; round++) {
      globalThis.gc()
      await nextTurn()
    }
    assert.is(held.get()?.['n'], 7)
    assert.ok(databases[0]?.deref() !== undefined, 'the database of the statement that is held')
    assert.is(databases[1]?.deref(), undefined)
  }))

test.run()
