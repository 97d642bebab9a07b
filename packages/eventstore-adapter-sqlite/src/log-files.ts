/**
 * The open files of a log: one connection that writes and one that reads, so that a reader never sees what is not committed.
 */
import { pathToFileURL } from 'node:url'
import { type CommitReader, createCommitReader } from './commit-reader.js'
import { type Connection, classify, openDatabase, type SqliteModule } from './driver/index.js'
import { OpenRefused } from './errors.js'
import { createLogReader, type LogReader } from './log-reader.js'
import { createLogWriter, type LogWriter } from './log-writer.js'
import { inspectPlace, type Place } from './place.js'
import { acceptLog, migrate, schemaVersion } from './schema.js'
import { refuseDamaged } from './soundness.js'

export interface LogFiles {
  /** Null when the log can only be read. */
  readonly writing: { readonly connection: Connection; readonly log: LogWriter } | null
  /** Why it can only be read, or null. */
  readonly readOnly: string | null
  readonly reading: { readonly connection: Connection; readonly events: LogReader; readonly commits: CommitReader }
  readonly close: () => void
}

export interface FilesToOpen {
  readonly sqlite: SqliteModule
  readonly file: string
  readonly readOnly: boolean
}

/** Throws `OpenRefused`, or what SQLite threw; then nothing stays open. */
export const openLogFiles = ({ sqlite, file, readOnly }: FilesToOpen): LogFiles => {
  const place = inspectPlace(file)
  const reason = place.readOnly ?? (readOnly ? 'it was opened for reading only' : null)
  if (reason !== null) return openForReading(sqlite, file, place, reason)
  const writer = openDatabase(sqlite, { file, mode: 'write', accept: acceptLog(file) })
  const opened = [writer]
  try {
    migrate(writer)
    const reader = openDatabase(sqlite, { file, mode: 'read' })
    opened.unshift(reader)
    const reading = { connection: reader, events: createLogReader(reader), commits: createCommitReader(reader) }
    refuseDamaged(reader, reading, place)
    return {
      writing: { connection: writer, log: createLogWriter(writer) },
      readOnly: null,
      reading,
      close: () => closeAll(opened),
    }
  } catch (error) {
    closeAll(opened)
    throw error
  }
}

/** The writer last: the last one to leave folds the write-ahead log back into the file, which a reader may not. */
const closeAll = (connections: ReadonlyArray<Connection>): void => {
  for (const connection of connections) connection.close()
}

/** No check of its soundness: who opens a damaged log for reading wants to see what is left. */
const openForReading = (sqlite: SqliteModule, file: string, place: Place, reason: string): LogFiles => {
  if (!place.exists) throw new OpenRefused({ tag: 'ReadOnly', detail: `${file} does not exist and ${reason}` })
  const connection = openReader(sqlite, file, place)
  try {
    if (connection.pragma('user_version') !== schemaVersion)
      throw new OpenRefused({ tag: 'ReadOnly', detail: `${reason}, and its tables are not those of this version` })
    const reading = { connection, events: createLogReader(connection), commits: createCommitReader(connection) }
    return { writing: null, readOnly: reason, reading, close: () => connection.close() }
  } catch (error) {
    connection.close()
    throw error
  }
}

const openReader = (sqlite: SqliteModule, file: string, place: Place): Connection => {
  const options = { mode: 'read', accept: acceptLog(file) } as const
  try {
    return openDatabase(sqlite, { ...options, file })
  } catch (error) {
    if (classify(error) !== 'cannot-open' || place.readOnly === null) throw error
    if (place.hasWal)
      throw new OpenRefused({
        tag: 'ReadOnly',
        detail: 'it was not closed cleanly: copy the file and its -wal to a place that can be written',
      })
    // SQLite wants to make its index files beside the log and cannot; nothing changes here, so it may do without.
    return openDatabase(sqlite, { ...options, file: `${pathToFileURL(file).href}?immutable=1` })
  }
}
