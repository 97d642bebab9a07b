/**
 * Repository rows in and out of SQLite. A removed repository has no row.
 */
import type { Repository } from '@borgledger/domain'
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'
import type { Rows } from './project.js'

export interface RepositoryTable extends Rows<Repository> {
  /** By id, ascending. */
  readonly all: () => ReadonlyArray<Repository>
}

export const repositoryTable = (connection: Connection): RepositoryTable => {
  const one = connection.prepare('SELECT record FROM repositories WHERE id = ?')
  const all = connection.prepare('SELECT record FROM repositories ORDER BY id')
  const put = connection.prepare('INSERT OR REPLACE INTO repositories (id, record) VALUES (?, ?)')
  const remove = connection.prepare('DELETE FROM repositories WHERE id = ?')
  return {
    get: (id) => {
      const found = one.get(id)
      return found && recordOf(found)
    },
    set: (id, row) => (row === undefined ? remove.run(id) : put.run(id, JSON.stringify(row))),
    all: () => all.all().map(recordOf),
  }
}

const recordOf = (row: Row): Repository => JSON.parse(String(row['record']))
