/**
 * What happens to one commit under the write lock: is it admitted, and where does it stand? Everything is asked before the first insert, so a
 * refused commit leaves nothing behind in a transaction that it shares with others.
 */
import {
  type AppendCondition,
  type AppendError,
  type Appended,
  type DraftCommit,
  type Head,
  isSameCommit,
  placeCommit,
  type RecordedCommit,
  usedEventId,
} from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { type CommitReader, createCommitReader } from './commit-reader.js'
import type { Connection } from './driver/index.js'
import { createLogReader, type LogReader } from './log-reader.js'
import { headOf, integer } from './rows.js'

/** A commit on its way: its texts are made, its place is not known. */
export interface Draft {
  readonly commit: DraftCommit
  readonly condition: AppendCondition | undefined
  readonly mayUseReserve: boolean
}

export interface LogWriter {
  readonly head: () => Head
  /** Admits and inserts, or says why not. To be called inside a transaction. */
  readonly add: (draft: Draft, head: Head) => E.Either<AppendError, Appended>
  /** Inserts a commit that is known to follow from the head. */
  readonly insert: (commit: RecordedCommit) => void
}

export const createLogWriter = (connection: Connection): LogWriter => {
  const reader = createLogReader(connection)
  const chain = createCommitReader(connection)
  const insert = inserter(connection)
  const byId = connection.prepare('SELECT first, last, hash FROM commits WHERE id = ?')
  const usedId = connection.prepare('SELECT 1 FROM events WHERE id = ?')

  const add: LogWriter['add'] = ({ commit, condition }, head) => {
    const before = byId.get(commit.commitId)
    if (before !== undefined) return answerAgain(chain, { first: integer(before['first'], 'first'), head: headOf(before) }, commit)
    if (condition !== undefined && !holds(reader, condition, head)) return E.left({ tag: 'ConditionFailed', head: head.position })
    const used = commit.events.findIndex((event) => usedId.get(event.id) !== undefined)
    if (used >= 0) return E.left(usedEventId(used, commit))
    const placed = placeCommit(head.hash, head.position + 1, commit)
    insert(placed)
    return E.right({ first: placed.first, last: placed.last, hash: placed.hash })
  }
  return { head: reader.head, add, insert }
}

const answerAgain = (
  chain: CommitReader,
  { first, head }: { readonly first: number; readonly head: Head },
  commit: DraftCommit,
): E.Either<AppendError, Appended> =>
  isSameCommit(chain.hashAt(first - 1), { first, hash: head.hash }, commit)
    ? E.right({ first, last: head.position, hash: head.hash })
    : E.left({ tag: 'CommitIdReused', commitId: commit.commitId })

const holds = (reader: LogReader, { failIfMatches, after }: AppendCondition, head: Head): boolean => {
  if (after > head.position) return false
  if (failIfMatches === 'all') return after === head.position
  let from = after
  while (from < head.position) {
    const page = reader.events(failIfMatches, { after: from, upTo: head.position, limit: 100 })
    if (page.events.length > 0) return false
    from = page.reached
  }
  return true
}

const inserter = (connection: Connection): ((commit: RecordedCommit) => void) => {
  const commitRow = connection.prepare(
    `INSERT INTO commits (last, first, id, at, actor, correlation_id, causation_id, command, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const eventRow = connection.prepare('INSERT INTO events (position, id, type, version, tags, data) VALUES (?, ?, ?, ?, ?, ?)')
  // One call for all the tags of an event: crossing into SQLite costs as much as the row.
  const tagRow = connection.prepare('INSERT OR IGNORE INTO event_tags (tag, position) SELECT value, ? FROM json_each(?)')
  return (commit) => {
    const { last, first, commitId, at, actor, correlationId, causationId, command, hash, events } = commit
    commitRow.run(last, first, commitId, at, actor, correlationId, causationId, command, hash)
    for (const { position, id, type, version, tags, data } of events) {
      eventRow.run(position, id, type, version, tags, data)
      tagRow.run(position, tags)
    }
  }
}
