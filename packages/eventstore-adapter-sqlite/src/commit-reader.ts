/**
 * Reads whole commits as they are stored: what a verification, an export and an import need. Nothing is put right on the way; what cannot be
 * a commit at all throws `CorruptLog`.
 */

import { CorruptLog, genesisHash, type Hash, type Position, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Connection } from './driver/index.js'
import { namingDamage } from './log-reader.js'
import { integer, text } from './rows.js'
import { createTagIndex } from './tag-index.js'
import { commitIn, envelopeColumns, eventColumns, eventIn } from './tuples.js'

export interface CommitReader {
  /** Commits that end after `after` and begin at or before `upTo`; the last one is the one that fills `limit` events. Empty: no more. */
  readonly commits: (after: Position, upTo: Position, limit: number) => ReadonlyArray<RecordedCommit>
  /** The hash of the commit that ends at `position`. */
  readonly hashAt: (position: Position) => Hash
  /** The first event behind the last commit, if any: nobody can have put it there by an append. */
  readonly orphan: () => Position | null
}

// The commit that fills the limit is known by its key, so that no row is read in vain.
const commitsSql = `
  SELECT ${envelopeColumns}, c.command, c.hash FROM commits c
  WHERE c.last > ?1 AND c.last <= coalesce((SELECT min(last) FROM commits WHERE last >= ?1 + ?2), ${Number.MAX_SAFE_INTEGER})
  ORDER BY c.last`

// One statement, so that both are of the same moment while others write.
const orphanSql = `
  SELECT position FROM events WHERE position > (SELECT coalesce(max(last), 0) FROM commits)
  ORDER BY position LIMIT 1`

export const createCommitReader = (connection: Connection): CommitReader => {
  const commitsStatement = connection.prepareTuples(commitsSql)
  const eventsStatement = connection.prepareTuples(
    `SELECT ${eventColumns} FROM events e WHERE e.position BETWEEN ? AND ? ORDER BY e.position`,
  )
  const tagIndex = createTagIndex(connection)
  const hashStatement = connection.prepare('SELECT hash FROM commits WHERE last = ?')
  const orphanStatement = connection.prepare(orphanSql)

  const page = (after: Position, upTo: Position, limit: number): ReadonlyArray<RecordedCommit> => {
    const envelopes = commitsStatement
      .all(after, limit)
      .map(commitIn)
      .filter(({ first }) => first <= upTo)
    const [oldest, newest] = [envelopes[0], envelopes.at(-1)]
    if (oldest === undefined || newest === undefined) return []
    const { first } = oldest
    const { last } = newest
    const events = eventsStatement.all(first, last).map(eventIn)
    const lost = tagIndex.lacking(events)
    if (lost !== null) throw new CorruptLog(lost, 'the index of tags lacks the event')
    return withEvents(envelopes, events)
  }
  return {
    commits: (after, upTo, limit) => namingDamage(after + 1, () => page(after, upTo, limit)),
    hashAt: (position) => {
      if (position === 0) return genesisHash
      const row = hashStatement.get(position)
      if (row === undefined) throw new CorruptLog(position, 'no commit ends here')
      return text(row['hash'], 'hash', position)
    },
    orphan: () => {
      const row = orphanStatement.get()
      return row === undefined ? null : integer(row['position'], 'position')
    },
  }
}

type Envelope = Omit<RecordedCommit, 'events'>

const withEvents = (envelopes: ReadonlyArray<Envelope>, events: ReadonlyArray<StoredEvent>): ReadonlyArray<RecordedCommit> => {
  let next = 0
  return envelopes.map((envelope) => {
    const begin = next
    while (next < events.length && (events[next]?.position ?? 0) <= envelope.last) next += 1
    const held = events.slice(begin, next)
    if (!RA.isNonEmpty(held)) throw new CorruptLog(envelope.first, `commit ${envelope.commitId} has no events`)
    return Object.assign(envelope, { events: held })
  })
}
