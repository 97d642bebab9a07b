/**
 * Lists of jobs, newest first, in pages. Jobs that come while somebody pages through move nothing: a page goes on below a position.
 */
import type { Job } from '@borgledger/domain'
import type { JobsQuery, Page } from '@borgledger/engine'
import type { Connection, Prepared, Row, SqlValue } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { cursorAt, positionOf } from './cursor.js'
import { recordOf } from './job-table.js'
import { checkLimit } from './list-limit.js'

export type ListJobs = (query: JobsQuery) => E.Either<{ readonly tag: 'BadCursor' }, Page<Job>>

/** Throws a RangeError when the limit is not 1 to 200. */
export const listJobs = (connection: Connection): ListJobs => {
  const statement = preparedOnce(connection)
  return (query) => {
    checkLimit(query.limit)
    const before = query.cursor === undefined ? null : positionOf('jobs', query.cursor)
    if (query.cursor !== undefined && before === null) return E.left({ tag: 'BadCursor' })
    const conditions: ReadonlyArray<Condition> = [['record IS NOT NULL'], ...filters(query, before)]
    const sql = `SELECT created, record FROM jobs WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY created DESC LIMIT ?`
    const rows = statement(sql).all(...conditions.flatMap(([, ...values]) => values), query.limit + 1)
    return E.right(pageOf(rows, query.limit))
  }
}

/** There are few shapes of such a query: each is prepared once and kept. */
export const preparedOnce = (connection: Connection): ((sql: string) => Prepared) => {
  const prepared = new Map<string, Prepared>()
  return (sql) => {
    const known = prepared.get(sql) ?? connection.prepare(sql)
    prepared.set(sql, known)
    return known
  }
}

/** What must hold of a row, with the values for its marks. */
export type Condition = readonly [sql: string, ...values: ReadonlyArray<SqlValue>]

type Filters = { readonly [K in keyof JobsQuery]: JobsQuery[K] | undefined }

/** `before`: the place at which the list goes on. */
export const filters = (query: Filters, before: number | null): ReadonlyArray<Condition> => {
  const asked: ReadonlyArray<readonly [string, SqlValue | undefined]> = [
    ['type = ?', query.type],
    ['state = ?', query.state],
    ['repository_id = ?', query.repositoryId],
    ['schedule_id = ?', query.scheduleId],
    ['created_at >= ?', query.from],
    ['created_at < ?', query.to],
    ['created < ?', before ?? undefined],
  ]
  return asked.flatMap(([sql, value]) => (value === undefined ? [] : [[sql, value] as const]))
}

const pageOf = (rows: ReadonlyArray<Row>, limit: number): Page<Job> => {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: shown.map(recordOf), nextCursor: last === undefined ? null : cursorAt('jobs', Number(last['created'])) }
}
