/**
 * The tables at one moment beside a fresh fold of the log: the fold goes into a database of its own, which SQLite keeps in a file without a name.
 *
 * The moment is held by a read transaction, so that the tables may move on meanwhile. Whatever tables there are, all are compared.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Comparison, TableFault } from '@borgledger/engine'
import { type Connection, openDatabase, type SqliteModule, transaction } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { applyPage } from './apply-page.js'
import { keyOf, rowsOf, type TableKey, tablesIn } from './keyed-rows.js'
import { makeTables } from './schema.js'
import { storedTables } from './stored-tables.js'

const rowsMax = 500

/** Throws when the file cannot be opened once more. */
export const compareTables = (sqlite: SqliteModule, file: string): Comparison => {
  const live = openDatabase(sqlite, { file, mode: 'read' })
  const fresh = openDatabase(sqlite, { file: '', mode: 'scratch' })
  transaction(fresh, () => makeTables(fresh))
  const folded = storedTables(fresh)
  live.exec('BEGIN')
  const position = Number(live.prepare('SELECT position FROM checkpoint').get()?.['position'])
  return {
    position,
    take: async (page) => {
      const due = page.filter((recorded) => recorded.position <= position)
      const applied = due.length === 0 ? E.right(undefined) : applyPage(folded, due)
      if (E.isLeft(applied)) throw new Error(`a fresh fold fails at position ${applied.left.position}: ${applied.left.message}`)
    },
    finish: () => firstFault(live, fresh),
    close: async () => {
      live.exec('ROLLBACK')
      live.close()
      fresh.close()
    },
  }
}

const firstFault = async (live: Connection, fresh: Connection): Promise<TableFault | null> => {
  for (const table of tablesIn(fresh)) {
    const fault = await faultIn(table, live, fresh)
    if (fault !== null) return fault
  }
  return null
}

/** Both are read by pages in the order of the key; the first page that differs is looked into. */
const faultIn = async (table: TableKey, live: Connection, fresh: Connection): Promise<TableFault | null> => {
  const [shown, due] = [rowsOf(live, table, rowsMax), rowsOf(fresh, table, rowsMax)]
  for (;;) {
    const expected = due()
    const found = shown()
    const at = expected.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(found[index]))
    if (at >= 0 || found.length > expected.length) return saying(table, expected[at], found[at < 0 ? expected.length : at])
    if (expected.length < rowsMax) return null
    await nextTurn()
  }
}

type Row = Readonly<Record<string, unknown>>

const saying = (table: TableKey, expected: Row | undefined, found: Row | undefined): TableFault => {
  const fault = (row: Row, what: string): TableFault => ({ table: table.name, row: keyOf(table, row), what })
  if (expected === undefined) return fault(found ?? {}, 'the log knows no such row')
  if (found === undefined || keyOf(table, expected) !== keyOf(table, found)) return fault(expected, 'the row is missing, or is another')
  const columns = Object.keys(expected).filter((column) => expected[column] !== found[column])
  return fault(expected, `the log leads to another ${columns.join(', ')}`)
}
