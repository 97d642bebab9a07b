/**
 * A look at a file before it is used: is it ours, of this version, and sound?
 *
 * The look is read-only for a reason: `@photostructure/sqlite` 1.2 really closes a database only when its statements are collected, and a writer
 * that closes so late would remove the write-ahead log of the file that was made in place of its own.
 */
import { statSync } from 'node:fs'
import { type Connection, classify, openDatabase, type SqliteModule } from 'eventstore-adapter-sqlite/driver'
import { applicationId, schemaVersion } from './schema.js'

export type Finding = 'missing' | 'usable' | 'outdated' | 'damaged' | 'foreign'

/** A larger file is not looked through: a start must not take longer with every job that there ever was. */
const quickCheckBytesMax = 4 * 1024 * 1024

/** Throws when the file cannot be read at all. `checkBytesMax`: up to which size all of its pages are looked at. */
export const inspectFile = (sqlite: SqliteModule, file: string, checkBytesMax = quickCheckBytesMax): Finding => {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes === 0) return 'missing'
  try {
    const connection = openDatabase(sqlite, { file, mode: 'read' })
    try {
      return findingIn(connection, bytes <= checkBytesMax)
    } finally {
      connection.close()
    }
  } catch (error) {
    if (classify(error) === 'corrupt') return 'damaged'
    throw error
  }
}

const findingIn = (connection: Connection, lookThrough: boolean): Finding => {
  // A file that was being made when the power went has no tables yet.
  if (connection.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return 'outdated'
  if (connection.pragma('application_id') !== applicationId) return 'foreign'
  if (connection.pragma('user_version') !== schemaVersion) return 'outdated'
  return !lookThrough || connection.pragma('quick_check(1)') === 'ok' ? 'usable' : 'damaged'
}
