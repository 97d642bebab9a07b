/**
 * Reads whole commits as they are stored: what a verification, an export and an import need. Nothing is put right on the way; what cannot be
 * a commit at all throws `CorruptLog`.
 */
import { CorruptLog, genesisHash, type Hash, type Position, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
import type { Connection, Row } from './driver/index.js'
import { namingDamage } from './log-reader.js'
import { envelopeColumns, envelopeOf, eventColumns, integer, storedEvent, text } from './rows.js'

export interface CommitReader {
  /** Commits that end after `after` and begin at or before `upTo`; the last one is the one that fills `limit` events. Empty: no more. */
  readonly commits: (after: Position, upTo: Position, limit: number) => ReadonlyArray<RecordedCommit>
  /** The hash of the commit that ends at `position`. */
  readonly hashAt: (position: Position) => Hash
  /** The first event behind the last commit, if any: nobody can have put it there by an append. */
  readonly orphan: () => Position | null
}

// What the index of tags lacks; only a log that was tampered with or damaged has such an event.
const unindexedSql = `
  SELECT e.position FROM events e, json_each(CASE WHEN json_valid(e.tags) THEN e.tags ELSE '[]' END) t
  WHERE e.position BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM event_tags i WHERE i.tag = t.value AND i.position = e.position)
  LIMIT 1`

// One statement, so that both are of the same moment while others write.
const orphanSql = `
  SELECT position FROM events WHERE position > (SELECT coalesce(max(last), 0) FROM commits)
  ORDER BY position LIMIT 1`

export const createCommitReader = (connection: Connection): CommitReader => {
  const commitsStatement = connection.prepare(
    `SELECT ${envelopeColumns}, c.command, c.hash FROM commits c WHERE c.last > ? ORDER BY c.last LIMIT ?`,
  )
  const eventsStatement = connection.prepare(`SELECT ${eventColumns} FROM events e WHERE e.position BETWEEN ? AND ? ORDER BY e.position`)
  const unindexed = connection.prepare(unindexedSql)
  const hashStatement = connection.prepare('SELECT hash FROM commits WHERE last = ?')
  const orphanStatement = connection.prepare(orphanSql)

  const page = (after: Position, upTo: Position, limit: number): ReadonlyArray<RecordedCommit> => {
    const rows = cutPage(commitsStatement.all(after, limit), upTo, limit)
    const [oldest, newest] = [rows[0], rows.at(-1)]
    if (oldest === undefined || newest === undefined) return []
    const [first, last] = [integer(oldest, 'first'), integer(newest, 'last')]
    const events = eventsStatement.all(first, last).map(storedEvent)
    const lost = unindexed.get(first, last)
    if (lost !== undefined) throw new CorruptLog(integer(lost, 'position'), 'the index of tags lacks the event')
    return withEvents(rows, events)
  }
  return {
    commits: (after, upTo, limit) => namingDamage(after + 1, () => page(after, upTo, limit)),
    hashAt: (position) => {
      if (position === 0) return genesisHash
      const row = hashStatement.get(position)
      if (row === undefined) throw new CorruptLog(position, 'no commit ends here')
      return text(row, 'hash', position)
    },
    orphan: () => {
      const row = orphanStatement.get()
      return row === undefined ? null : integer(row, 'position')
    },
  }
}

const cutPage = (rows: ReadonlyArray<Row>, upTo: Position, limit: number): ReadonlyArray<Row> => {
  const inRange = rows.filter((row) => integer(row, 'first') <= upTo)
  let events = 0
  const full = inRange.findIndex((row) => (events += integer(row, 'last') - integer(row, 'first') + 1) >= limit)
  return full < 0 ? inRange : inRange.slice(0, full + 1)
}

const withEvents = (rows: ReadonlyArray<Row>, events: ReadonlyArray<StoredEvent>): ReadonlyArray<RecordedCommit> => {
  let next = 0
  return rows.map((row) => {
    const envelope = envelopeOf(row, integer(row, 'first'))
    const begin = next
    while (next < events.length && (events[next]?.position ?? 0) <= envelope.last) next += 1
    const [head, ...tail] = events.slice(begin, next)
    if (head === undefined) throw new CorruptLog(envelope.first, `commit ${envelope.commitId} has no events`)
    return { ...envelope, command: text(row, 'command', envelope.first), events: [head, ...tail], hash: text(row, 'hash', envelope.first) }
  })
}
