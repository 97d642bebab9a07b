/** Whole tables, read by pages in the order of their primary keys. */
import type { Connection, Row, SqlValue } from 'eventstore-adapter-sqlite/driver'

export interface TableKey {
  readonly name: string
  /** The columns of the primary key. */
  readonly key: ReadonlyArray<string>
}

/** By name. */
export const tablesIn = (connection: Connection): ReadonlyArray<TableKey> => {
  const keys = connection.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
  return connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map((row) => String(row['name']))
    .map((name) => ({ name, key: keys.all(name).map((column) => String(column['name'])) }))
}

/** Each call gives the next page; one that is not full is the last. */
export const rowsOf = (connection: Connection, { name, key }: TableKey, limit: number): (() => ReadonlyArray<Row>) => {
  const columns = key.join(', ')
  const order = `ORDER BY ${columns} LIMIT ${limit}`
  const first = connection.prepare(`SELECT * FROM ${name} ${order}`)
  const next = connection.prepare(`SELECT * FROM ${name} WHERE (${columns}) > (${key.map(() => '?').join(', ')}) ${order}`)
  let last: Row | undefined
  return () => {
    const after = last
    const rows = after === undefined ? first.all() : next.all(...key.map((column) => after[column] as SqlValue))
    last = rows.at(-1) ?? last
    return rows
  }
}

/** What people know a row by: its id, where it has one. */
export const keyOf = ({ key }: TableKey, row: Readonly<Record<string, unknown>>): string =>
  'id' in row ? String(row['id']) : key.map((column) => String(row[column])).join(' ')
