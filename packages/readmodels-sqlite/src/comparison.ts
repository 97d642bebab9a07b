/**
 * The tables at one moment beside a fresh fold of the log: the fold goes into a database of its own, which SQLite keeps in a file without a name.
 *
 * The moment is held by a read transaction, so that the tables may move on meanwhile. Whatever tables there are, all are compared.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Comparison, TableFault } from '@borgledger/engine'
import { type Connection, openDatabase, type SqliteModule, type Tuple, transaction } from 'eventstore-adapter-sqlite/driver'
import { beginFold } from './fold.js'
import { type KeyedTable, keyOf, rowsOf, tablesIn } from './keyed-rows.js'
import { makeTables } from './schema.js'
import { storedTables } from './stored-tables.js'

const rowsMax = 500
/** After so many events rows are written: most events of a job are near one another, and what is held stays small. */
const foldedTogether = 10_000

/** Throws when the file cannot be opened once more. */
export const compareTables = (sqlite: SqliteModule, file: string): Comparison => {
  const live = openDatabase(sqlite, { file, mode: 'read' })
  const fresh = openDatabase(sqlite, { file: '', mode: 'scratch' })
  transaction(fresh, () => makeTables(fresh))
  dropIndexes(fresh)
  const folded = storedTables(fresh)
  live.exec('BEGIN')
  const position = Number(live.prepare('SELECT position FROM checkpoint').get()?.['position'])
  let fold = beginFold(folded)
  let due = 0
  const write = (): void => {
    transaction(fresh, fold.write)
    fold = beginFold(folded)
    due = 0
  }
  return {
    position,
    take: async (page) => {
      for (const recorded of page) {
        if (recorded.position > position) break
        fold.take(recorded)
        due += 1
      }
      if (due >= foldedTogether) write()
    },
    finish: () => {
      write()
      return firstFault(live, fresh)
    },
    close: async () => {
      live.exec('ROLLBACK')
      live.close()
      fresh.close()
    },
  }
}

/** Nobody looks anything up in tables that are read from beginning to end. */
const dropIndexes = (connection: Connection): void => {
  const made = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all()
  for (const { name } of made) connection.exec(`DROP INDEX ${name}`)
}

/** The kept state is no table of rows, and may be of an earlier position: `snapshot` says itself whether it can be used. */
const unshown = new Set(['snapshot'])

const firstFault = async (live: Connection, fresh: Connection): Promise<TableFault | null> => {
  for (const table of tablesIn(fresh).filter(({ name }) => !unshown.has(name))) {
    const fault = await faultIn(table, live, fresh)
    if (fault !== null) return fault
  }
  return null
}

/** Both are read by pages in the order of the key; the first page that differs is looked into. */
const faultIn = async (table: KeyedTable, live: Connection, fresh: Connection): Promise<TableFault | null> => {
  const [shown, due] = [rowsOf(live, table, rowsMax), rowsOf(fresh, table, rowsMax)]
  for (;;) {
    const expected = due()
    const found = shown()
    const at = expected.findIndex((row, index) => !isSame(row, found[index]))
    if (at >= 0 || found.length > expected.length) return saying(table, expected[at], found[at < 0 ? expected.length : at])
    if (expected.length < rowsMax) return null
    await nextTurn()
  }
}

const isSame = (a: Tuple, b: Tuple | undefined): boolean => a.length === b?.length && a.every((value, column) => value === b[column])

const saying = (table: KeyedTable, expected: Tuple | undefined, found: Tuple | undefined): TableFault => {
  const fault = (row: Tuple, what: string): TableFault => ({ table: table.name, row: keyOf(table, row), what })
  if (expected === undefined) return fault(found ?? [], 'the log knows no such row')
  if (found === undefined || keyOf(table, expected) !== keyOf(table, found)) return fault(expected, 'the row is missing, or is another')
  const columns = table.columns.filter((_, column) => expected[column] !== found[column])
  return fault(expected, `the log leads to another ${columns.join(', ')}`)
}
