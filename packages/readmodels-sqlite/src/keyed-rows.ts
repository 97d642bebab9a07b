/** Whole tables, read by pages in the order of their primary keys. */
import type { Connection, Row, Tuple } from 'eventstore-adapter-sqlite/driver'

export interface KeyedTable {
  readonly name: string
  /** In the order in which a row has their values. */
  readonly columns: ReadonlyArray<string>
  /** The columns of the primary key. */
  readonly key: ReadonlyArray<string>
}

/** By name. */
export const tablesIn = (connection: Connection): ReadonlyArray<KeyedTable> => {
  const info = connection.prepare('SELECT name, pk FROM pragma_table_info(?) ORDER BY cid')
  return connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map(({ name }) => tableOf(String(name), info.all(String(name))))
}

const tableOf = (name: string, info: ReadonlyArray<Row>): KeyedTable => {
  const inKey = info.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']))
  return { name, columns: info.map((column) => String(column['name'])), key: inKey.map((column) => String(column['name'])) }
}

/** Each call gives the next page; one that is not full is the last. */
export const rowsOf = (connection: Connection, { name, columns, key }: KeyedTable, limit: number): (() => ReadonlyArray<Tuple>) => {
  const keys = key.join(', ')
  const order = `ORDER BY ${keys} LIMIT ${limit}`
  const first = connection.prepareTuples(`SELECT * FROM ${name} ${order}`)
  const next = connection.prepareTuples(`SELECT * FROM ${name} WHERE (${keys}) > (${key.map(() => '?').join(', ')}) ${order}`)
  const places = key.map((column) => columns.indexOf(column))
  let last: Tuple | undefined
  return () => {
    const after = last
    const rows = after === undefined ? first.all() : next.all(...places.map((place) => after[place] ?? null))
    last = rows.at(-1) ?? last
    return rows
  }
}

/** What people know a row by: its id, where it has one. */
export const keyOf = ({ columns, key }: KeyedTable, row: Tuple): string => {
  const named = columns.includes('id') ? ['id'] : key
  return named.map((column) => String(row[columns.indexOf(column)])).join(' ')
}
