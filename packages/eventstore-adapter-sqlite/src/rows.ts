/** Single values of rows as they come from SQLite. A column of the wrong kind can only be damage: `CorruptLog`. */
import { CorruptLog, type Head } from '@borgledger/eventstore'
import type { Row } from './driver/index.js'

export const text = (row: Row, column: string, position: number | null = null): string => {
  const value = row[column]
  if (typeof value === 'string') return value
  throw new CorruptLog(position, `the column ${column} is not a text`)
}

export const integer = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new CorruptLog(null, `the column ${column} is not a whole number`)
}

export const headOf = (row: Row): Head => ({ position: integer(row, 'last'), hash: text(row, 'hash') })
