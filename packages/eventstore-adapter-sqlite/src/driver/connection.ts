/**
 * One open database, its durability set and read back.
 *
 * `@photostructure/sqlite` 1.2 crashes the process when a database is collected while one of its statements lives; so every statement here
 * holds on to its database.
 */
import type { Database, Row, SqliteModule, SqlValue, Statement, Tuple } from './port.js'

export interface Prepared extends Statement {
  /** Never read; it keeps the database alive for as long as the statement. */
  readonly database: Database
}

/** For reading much: a row as an object costs a third more. */
export interface PreparedTuples {
  readonly database: Database
  readonly all: (...values: ReadonlyArray<SqlValue>) => ReadonlyArray<Tuple>
}

export interface Connection {
  readonly exec: (sql: string) => void
  /** Prepare once and keep it: preparing costs more than an insert. */
  readonly prepare: (sql: string) => Prepared
  /** The same, with rows as tuples; every column has a name of its own. */
  readonly prepareTuples: (sql: string) => PreparedTuples
  /** The single value of a pragma. */
  readonly pragma: (name: string) => SqlValue | undefined
  readonly inTransaction: () => boolean
  readonly close: () => void
}

export interface OpenDatabase {
  /** A path, or a `file:` URI; an empty text for a file without a name, gone with its connection. */
  readonly file: string
  /** `scratch`: to be written quickly and thrown away; nothing of it outlives a crash. */
  readonly mode: 'write' | 'read' | 'scratch'
  /** FULL: a commit is on the disk when it returns. NORMAL: a power cut may take the last ones; right for what can be made again. */
  readonly synchronous?: 'FULL' | 'NORMAL'
  /** In KiB; default 16,384. */
  readonly cacheKib?: number
  /** Looks at the file before anything in it is changed; throws to refuse it. */
  readonly accept?: (connection: Connection) => void
}

/** A setting that did not take: the file cannot be used as durably as asked. */
export class PragmaRefused extends Error {
  override readonly name = 'PragmaRefused'
}

/** Waits for nobody: a locked file answers busy at once, and who asks tries again later without holding the event loop. */
export const openDatabase = (sqlite: SqliteModule, options: OpenDatabase): Connection => {
  const database = new sqlite.DatabaseSync(options.file, { readOnly: options.mode === 'read' })
  const connection = connect(database)
  try {
    for (const setting of settings(options)) database.exec(`PRAGMA ${setting}`)
    options.accept?.(connection)
    if (options.mode === 'write') makeDurable(connection, options.synchronous ?? 'FULL')
    if (options.mode === 'scratch') connection.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
    return connection
  } catch (error) {
    database.close()
    throw error
  }
}

const settings = ({ mode, cacheKib = 16_384 }: OpenDatabase): ReadonlyArray<string> => [
  'busy_timeout = 0',
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'temp_store = MEMORY',
  `cache_size = -${cacheKib}`,
  `query_only = ${mode === 'read' ? 'ON' : 'OFF'}`,
]

const makeDurable = (connection: Connection, synchronous: 'FULL' | 'NORMAL'): void => {
  connection.exec('PRAGMA journal_mode = WAL')
  connection.exec(`PRAGMA synchronous = ${synchronous}`)
  connection.exec('PRAGMA journal_size_limit = 67108864')
  // 16 MiB: the same index pages are written again and again, and go back into the file once a checkpoint.
  connection.exec('PRAGMA wal_autocheckpoint = 4000')
  const expected = { journal_mode: 'wal', synchronous: synchronous === 'FULL' ? 2 : 1 }
  for (const [name, value] of Object.entries(expected)) {
    const actual = connection.pragma(name)
    if (actual !== value) throw new PragmaRefused(`${name} is ${String(actual)} after it was set to ${value}`)
  }
}

const connect = (database: Database): Connection => {
  const prepare = (sql: string): Prepared => {
    const statement = database.prepare(sql)
    return {
      database,
      run: (...values) => statement.run(...values),
      get: (...values) => statement.get(...values),
      all: (...values) => statement.all(...values),
    }
  }
  return {
    exec: (sql) => database.exec(sql),
    prepare,
    prepareTuples: (sql) => ({ database, all: tuplesOf(database.prepare(sql)) }),
    pragma: (name) => firstValue(database.prepare(`PRAGMA ${name}`).get()),
    inTransaction: () => database.isTransaction,
    close: () => database.close(),
  }
}

const tuplesOf = (statement: Statement): PreparedTuples['all'] => {
  if (statement.setReturnArrays === undefined) return (...values) => statement.all(...values).map((row) => Object.values(row))
  statement.setReturnArrays(true)
  // What it gives from now on; an array is a row whose columns are numbers.
  return (...values) => statement.all(...values) as ReadonlyArray<unknown> as ReadonlyArray<Tuple>
}

const firstValue = (row: Row | undefined): SqlValue | undefined => Object.values(row ?? {})[0]
