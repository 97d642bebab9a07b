/** Changes or takes away one row of tables behind their back. */
import type { Chance } from './chance.js'

type Value = string | number | bigint | null | Uint8Array
type Row = Readonly<Record<string, Value>>

/** As much of a connection as it needs; SQLite's. */
export interface TablesToChange {
  readonly prepare: (sql: string) => {
    readonly all: (...values: ReadonlyArray<Value>) => ReadonlyArray<Row>
    readonly get: (...values: ReadonlyArray<Value>) => Row | undefined
    readonly run: (...values: ReadonlyArray<Value>) => unknown
  }
}

export interface RowMutation {
  readonly table: string
  /** Puts the row back. */
  readonly undo: () => void
}

/** One value of one row becomes another or, once in five times, the row is gone. The checkpoint and the kept state are no rows of the matter. */
export const mutateRow = (tables: TablesToChange, by: Chance): RowMutation => {
  const { table, row } = someRow(tables, by)
  const columns = Object.keys(row)
  const keys = tables.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0').all(table)
  const where = keys.map(({ name }) => `${name} = ?`).join(' AND ')
  const key = keys.map(({ name }) => row[String(name)] ?? null)
  const filled = columns.filter((column) => row[column] !== null)
  const column = filled[by.whole(0, filled.length - 1)] ?? ''
  const other = otherThan(row[column] ?? null)
  const isGone = by.happens(0.2)
  if (isGone) tables.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...key)
  else tables.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(other, ...key)
  const restore = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  const undo = (): void => {
    const changedKey = keys.map(({ name }, nth) => (name === column ? other : (key[nth] ?? null)))
    if (!isGone) tables.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...changedKey)
    tables.prepare(restore).run(...columns.map((name) => row[name] ?? null))
  }
  return { table, undo }
}

const someRow = (tables: TablesToChange, by: Chance): { readonly table: string; readonly row: Row } => {
  const names = tables.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('checkpoint', 'snapshot')").all()
  const counted = names.map(({ name }) => ({ table: String(name), rows: rowsIn(tables, String(name)) })).filter(({ rows }) => rows > 0)
  const { table, rows } = counted[by.whole(0, counted.length - 1)] ?? { table: '', rows: 0 }
  const row = tables.prepare(`SELECT * FROM ${table} LIMIT 1 OFFSET ?`).get(by.whole(0, rows - 1))
  if (row === undefined) throw new Error('there is no row to change')
  return { table, row }
}

const rowsIn = (tables: TablesToChange, table: string): number => Number(tables.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])

const otherThan = (value: Value): Value => (typeof value === 'number' ? value + 100_000_000 : `${value}x`)
