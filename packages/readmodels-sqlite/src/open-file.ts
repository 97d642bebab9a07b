/**
 * Opens the file of the read models, and makes it anew when it is missing, damaged, or of another version: it can be folded from the log again.
 *
 * A damaged file is set aside as `<file>.damaged`, in case that it was something else. A sound database of something else is refused.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { type Connection, foldBack, openDatabase, type SqliteModule, transaction, waitWhileBusy } from 'eventstore-adapter-sqlite/driver'
import { inspectFile } from './inspect-file.js'
import { makeTables } from './schema.js'

/** How long another process may keep the file locked while it is opened. */
const busyMsMax = 5_000

/** Throws an error whose message says what is in the way. */
export const openFile = async (sqlite: SqliteModule, file: string): Promise<Connection> => {
  const opened = await waitWhileBusy(() => {
    const usable = makeWay(sqlite, file)
    return openTables(sqlite, file, usable)
  }, busyMsMax)
  if ('tag' in opened) throw new Error(`another process kept the file locked for ${opened.waitedMs} ms`)
  return opened
}

/** True when there is a file to go on with; otherwise there is a new, empty one. */
const makeWay = (sqlite: SqliteModule, file: string): boolean => {
  const finding = inspectFile(sqlite, file)
  if (finding === 'usable') return true
  if (finding === 'foreign') throw new Error('it is a database of something else')
  if (finding === 'damaged') renameSync(file, `${file}.damaged`)
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  // For its user's eyes alone; SQLite gives the files beside it the same mode.
  writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
  return false
}

/**
 * NORMAL: a power cut may take the last commits, and since the checkpoint goes with its rows, they are folded again.
 *
 * The write lock is taken in any case: that the file cannot be written is found out here, and not at the first event.
 */
const openTables = (sqlite: SqliteModule, file: string, usable: boolean): Connection => {
  const connection = openDatabase(sqlite, { file, mode: 'write', synchronous: 'NORMAL' })
  try {
    transaction(connection, () => {
      if (!usable) makeTables(connection)
    })
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Everything is moved into the file itself first, so that it is whole when it is copied or looked into. */
export const closeFile = (connection: Connection): void => {
  try {
    foldBack(connection)
  } finally {
    connection.close()
  }
}
