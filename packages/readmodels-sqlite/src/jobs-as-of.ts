/**
 * Which jobs there were at a position: told by the positions at which each was requested, started, ended and deleted.
 */
import type { EndedQuery, JobsQuery, LastEnded, Page, PastJob } from '@borgledger/engine'
import type { Position } from '@borgledger/eventstore'
import type { Connection, Row, SqlValue } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { cursorAt, positionOf } from './cursor.js'
import { recordOf } from './job-table.js'
import { type Condition, filters, preparedOnce } from './list-jobs.js'
import { checkLimit } from './list-limit.js'

export interface JobsAsOf {
  readonly list: (position: Position, query: JobsQuery) => E.Either<{ readonly tag: 'BadCursor' }, Page<PastJob>>
  readonly unfinished: (position: Position) => ReadonlyArray<string>
  readonly lastEnded: (query: EndedQuery) => LastEnded | null
}

export const jobsAsOf = (connection: Connection): JobsAsOf => {
  const statement = preparedOnce(connection)
  const unfinished = connection.prepare('SELECT id FROM jobs WHERE created <= ?1 AND (finished IS NULL OR finished > ?1) ORDER BY created')
  const ended = connection.prepare(`
    SELECT id, finished, deleted FROM jobs WHERE repository_id = ? AND type = ? AND finished > ? AND finished <= ?
    ORDER BY finished DESC LIMIT 1`)
  return {
    list: (position, query) => {
      checkLimit(query.limit)
      const before = query.cursor === undefined ? null : positionOf('jobs', query.cursor)
      if (query.cursor !== undefined && before === null) return E.left({ tag: 'BadCursor' })
      const conditions = [...thereAt(position), ...filters({ ...query, state: undefined }, before), ...inState(query.state, position)]
      const sql = `SELECT created, id, record FROM jobs WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY created DESC LIMIT ?`
      const rows = statement(sql).all(...conditions.flatMap(([, ...values]) => values), query.limit + 1)
      const shown = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? shown.at(-1) : undefined
      const nextCursor = last === undefined ? null : cursorAt('jobs', Number(last['created']))
      return E.right({ items: shown.map((row) => pastJob(row, position)), nextCursor })
    },
    unfinished: (position) => unfinished.all(position).map((row) => String(row['id'])),
    lastEnded: ({ repositoryId, type, after, upTo }) => {
      const row = ended.get(repositoryId, type, after, upTo)
      if (row === undefined) return null
      return { jobId: String(row['id']), finished: Number(row['finished']), deleted: numberOrNull(row['deleted']) }
    },
  }
}

/** A record whose last event is not after the position is what it was there. */
const pastJob = (row: Row, position: Position): PastJob => {
  const record = row['record'] == null ? null : recordOf(row)
  return { jobId: String(row['id']), record: record !== null && record.position <= position ? record : null }
}

const numberOrNull = (value: SqlValue | undefined): number | null => (value == null ? null : Number(value))

const thereAt = (position: Position): ReadonlyArray<Condition> => [
  ['created <= ?', position],
  ['(deleted IS NULL OR deleted > ?)', position],
]

/** A job that ended is for ever in the state in which it did. */
const inState = (state: JobsQuery['state'], at: Position): ReadonlyArray<Condition> => {
  switch (state) {
    case undefined:
      return []
    case 'pending':
      return [['(started IS NULL OR started > ?) AND (finished IS NULL OR finished > ?)', at, at]]
    case 'running':
      return [['started <= ? AND (finished IS NULL OR finished > ?)', at, at]]
    case 'completed':
    case 'failed':
    case 'cancelled':
      return [['state = ? AND finished <= ?', state, at]]
  }
}
