/**
 * Events and commits as they come from SQLite in large numbers: their columns in this order, and the stored forms made of them. A column of
 * the wrong kind can only be damage: `CorruptLog`.
 */
import { CorruptLog, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
import type { Tuple } from './driver/index.js'
import { integer, text } from './rows.js'

export const eventColumns = 'e.position, e.id, e.type, e.version, e.tags, e.data'
export const envelopeColumns = 'c.first, c.last, c.id AS commit_id, c.at, c.actor, c.correlation_id, c.causation_id'

/** How many columns an event has: what is selected behind it begins there. */
export const eventWidth = 6
const envelopeWidth = 7

/** Of a row that begins with `eventColumns`. */
export const eventIn = (row: Tuple): StoredEvent => {
  const position = integer(row[0], 'position')
  return {
    position,
    id: text(row[1], 'id', position),
    type: text(row[2], 'type', position),
    version: integer(row[3], 'version'),
    tags: text(row[4], 'tags', position),
    data: text(row[5], 'data', position),
  }
}

/** What a commit says of all its events, of a row in which `envelopeColumns` begin at `from`. `position` names what was read. */
export const envelopeIn = (row: Tuple, from: number, position: number): Omit<RecordedCommit, 'events' | 'command' | 'hash'> => {
  if (row[from + 2] === null) throw new CorruptLog(position, 'the event belongs to no commit')
  return {
    first: integer(row[from], 'first'),
    last: integer(row[from + 1], 'last'),
    commitId: text(row[from + 2], 'commit_id', position),
    at: text(row[from + 3], 'at', position),
    actor: text(row[from + 4], 'actor', position),
    correlationId: text(row[from + 5], 'correlation_id', position),
    causationId: row[from + 6] === null ? null : text(row[from + 6], 'causation_id', position),
  }
}

/** Of a row that is `envelopeColumns`, command and hash. */
export const commitIn = (row: Tuple): Omit<RecordedCommit, 'events'> => {
  const first = integer(row[0], 'first')
  const { last, commitId, at, actor, correlationId, causationId } = envelopeIn(row, 0, first)
  const command = text(row[envelopeWidth], 'command', first)
  return { commitId, first, last, at, actor, correlationId, causationId, command, hash: text(row[envelopeWidth + 1], 'hash', first) }
}
