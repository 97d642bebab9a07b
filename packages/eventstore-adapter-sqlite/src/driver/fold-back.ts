/** The write-ahead log goes back into its file, which is whole then; where somebody or a full disk is in the way, the next one to open it does it. */
import { classify } from './classify.js'
import type { Connection } from './connection.js'

export const foldBack = (connection: Connection): void => {
  try {
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch (error) {
    if (classify(error) === null) throw error
  }
}
