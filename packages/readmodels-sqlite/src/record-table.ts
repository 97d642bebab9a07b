/**
 * Records with an id and nothing to search by, in and out of SQLite, as the JSON text that their fold gives. What was removed has no row.
 */
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'
import type { Rows } from './rows.js'

export interface RecordTable<A> extends Rows<A> {
  /** By id, ascending. */
  readonly all: () => ReadonlyArray<A>
}

export const recordTable = <A>(connection: Connection, table: 'repositories' | 'targets'): RecordTable<A> => {
  const one = connection.prepare(`SELECT record FROM ${table} WHERE id = ?`)
  const all = connection.prepare(`SELECT record FROM ${table} ORDER BY id`)
  const put = connection.prepare(`INSERT OR REPLACE INTO ${table} (id, record) VALUES (?, ?)`)
  const remove = connection.prepare(`DELETE FROM ${table} WHERE id = ?`)
  const recordOf = (row: Row): A => JSON.parse(String(row['record']))
  return {
    get: (id) => {
      const found = one.get(id)
      return found && recordOf(found)
    },
    set: (id, row) => (row === undefined ? remove.run(id) : put.run(id, JSON.stringify(row))),
    all: () => all.all().map(recordOf),
  }
}
