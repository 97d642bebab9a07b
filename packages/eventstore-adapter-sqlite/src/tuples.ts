/**
 * Events and commits as they come from SQLite in large numbers: their columns in this order, and the stored forms made of them. A column of
 * the wrong kind can only be damage: `CorruptLog`.
 */
import { CorruptLog, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
import type { Tuple } from './driver/index.js'

export const eventColumns = 'e.position, e.id, e.type, e.version, e.tags, e.data'
export const envelopeColumns = 'c.first, c.last, c.id AS commit_id, c.at, c.actor, c.correlation_id, c.causation_id'

/** How many columns an event has: what is selected behind it begins there. */
export const eventWidth = 6
const envelopeWidth = 7

/** `column` is how people know it. */
export const textAt = (row: Tuple, index: number, column: string, position: number | null): string => {
  const value = row[index]
  if (typeof value === 'string') return value
  throw new CorruptLog(position, `the column ${column} is not a text`)
}

const integerAt = (row: Tuple, index: number, column: string): number => {
  const value = row[index]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new CorruptLog(null, `the column ${column} is not a whole number`)
}

/** Of a row that begins with `eventColumns`. */
export const eventIn = (row: Tuple): StoredEvent => {
  const position = integerAt(row, 0, 'position')
  return {
    position,
    id: textAt(row, 1, 'id', position),
    type: textAt(row, 2, 'type', position),
    version: integerAt(row, 3, 'version'),
    tags: textAt(row, 4, 'tags', position),
    data: textAt(row, 5, 'data', position),
  }
}

export type Envelope = Omit<RecordedCommit, 'events' | 'command' | 'hash'>

/** What a commit says of all its events, of a row in which `envelopeColumns` begin at `from`. `position` names what was read. */
export const envelopeIn = (row: Tuple, from: number, position: number): Envelope => {
  if (row[from + 2] === null) throw new CorruptLog(position, 'the event belongs to no commit')
  return {
    first: integerAt(row, from, 'first'),
    last: integerAt(row, from + 1, 'last'),
    commitId: textAt(row, from + 2, 'commit_id', position),
    at: textAt(row, from + 3, 'at', position),
    actor: textAt(row, from + 4, 'actor', position),
    correlationId: textAt(row, from + 5, 'correlation_id', position),
    causationId: row[from + 6] === null ? null : textAt(row, from + 6, 'causation_id', position),
  }
}

/** Of a row that is `envelopeColumns`, command and hash. */
export const commitIn = (row: Tuple): Omit<RecordedCommit, 'events'> => {
  const first = integerAt(row, 0, 'first')
  const { last, commitId, at, actor, correlationId, causationId } = envelopeIn(row, 0, first)
  const command = textAt(row, envelopeWidth, 'command', first)
  return { commitId, first, last, at, actor, correlationId, causationId, command, hash: textAt(row, envelopeWidth + 1, 'hash', first) }
}
