/** Rows as they come from SQLite, and the stored forms made of them. A column of the wrong kind can only be damage: `CorruptLog`. */
import { CorruptLog, type Head, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
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

export const eventColumns = 'e.position, e.id, e.type, e.version, e.tags, e.data'

export const storedEvent = (row: Row): StoredEvent => {
  const position = integer(row, 'position')
  return {
    position,
    id: text(row, 'id', position),
    type: text(row, 'type', position),
    version: integer(row, 'version'),
    tags: text(row, 'tags', position),
    data: text(row, 'data', position),
  }
}

export const envelopeColumns = 'c.first, c.last, c.id AS commit_id, c.at, c.actor, c.correlation_id, c.causation_id'

/** What a commit says of all its events. `position` is the one that was read, to name it when no commit holds it. */
export const envelopeOf = (row: Row, position: number): Omit<RecordedCommit, 'events' | 'command' | 'hash'> => {
  if (row['commit_id'] === null) throw new CorruptLog(position, 'the event belongs to no commit')
  const causationId = row['causation_id']
  return {
    first: integer(row, 'first'),
    last: integer(row, 'last'),
    commitId: text(row, 'commit_id', position),
    at: text(row, 'at', position),
    actor: text(row, 'actor', position),
    correlationId: text(row, 'correlation_id', position),
    causationId: causationId === null || causationId === undefined ? null : text(row, 'causation_id', position),
  }
}
