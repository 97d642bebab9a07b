/** One transaction from beginning to end. */
import type { Connection } from './connection.js'

/**
 * Runs `body` under the write lock and commits. When it throws nothing is written, and the error is thrown on.
 *
 * IMMEDIATE, because a transaction that reads first and writes later is refused when somebody else wrote in between.
 */
export const transaction = <A>(connection: Connection, body: () => A): A => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = body()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    rollback(connection)
    throw error
  }
}

/** A full disk or a failed write rolls back by itself, and a second ROLLBACK would hide the error behind another. */
export const rollback = (connection: Connection): void => {
  if (connection.inTransaction()) connection.exec('ROLLBACK')
}
