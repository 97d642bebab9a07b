/**
 * Lists of archives in and out of SQLite: one row a repository, the list as JSON. It is read and written whole, and a repository has seldom more
 * than some thousand archives.
 */
import type { ArchiveList } from '@borgledger/domain'
import type { Connection } from 'eventstore-adapter-sqlite/driver'
import type { Rows } from './rows.js'

export const archiveTable = (connection: Connection): Rows<ArchiveList> => {
  const one = connection.prepare('SELECT record FROM archives WHERE repository_id = ?')
  const put = connection.prepare('INSERT OR REPLACE INTO archives (repository_id, record) VALUES (?, ?)')
  const remove = connection.prepare('DELETE FROM archives WHERE repository_id = ?')
  return {
    get: (id) => {
      const found = one.get(id)
      return found && JSON.parse(String(found['record']))
    },
    set: (id, row) => (row === undefined ? remove.run(id) : put.run(id, JSON.stringify(row))),
  }
}
