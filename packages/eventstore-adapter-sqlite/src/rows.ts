/** Single values as they come from SQLite, with the name of their column. One of the wrong kind can only be damage: `CorruptLog`. */
import { CorruptLog, type Head } from '@borgledger/eventstore'
import type { Row, SqlValue } from './driver/index.js'

export const text = (value: SqlValue | undefined, column: string, position: number | null = null): string => {
  if (typeof value === 'string') return value
  throw new CorruptLog(position, `the column ${column} is not a text`)
}

export const integer = (value: SqlValue | undefined, column: string): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new CorruptLog(null, `the column ${column} is not a whole number`)
}

export const headOf = (row: Row): Head => ({ position: integer(row['last'], 'last'), hash: text(row['hash'], 'hash') })
