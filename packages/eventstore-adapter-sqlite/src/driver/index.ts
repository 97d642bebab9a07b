/** SQLite by the `node:sqlite` API: loading, opening durably, telling errors apart, waiting for locks. */
export { classify, type SqliteFault } from './classify.js'
export { type Connection, type OpenDatabase, openDatabase, PragmaRefused, type Prepared, type PreparedTuples } from './connection.js'
export { foldBack } from './fold-back.js'
export { type Driver, loadSqlite } from './load.js'
export type { Database, Row, SqliteModule, SqlValue, Statement, Tuple } from './port.js'
export { rollback, transaction } from './transaction.js'
export { pauseMs, type Waited, waitWhileBusy } from './wait-while-busy.js'
