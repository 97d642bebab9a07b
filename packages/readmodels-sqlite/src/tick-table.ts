/**
 * Due instants in and out of SQLite: one row for each, or for a range of skipped ones, known by its schedule and its first instant.
 *
 * They stay when their schedule is removed: they did come due.
 */
import type { Tick } from '@borgledger/domain'
import type { Page, PastTick, TicksQuery } from '@borgledger/engine'
import type { Position } from '@borgledger/eventstore'
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { instantOf, tickCursor } from './cursor.js'
import type { Rows } from './rows.js'
import { tickKeyParts } from './tick-key.js'

export interface TickRow {
  readonly tick: Tick
  /** Position of the first event about it. */
  readonly first: Position
}

export interface TickTable extends Rows<TickRow> {
  /** Newest first. */
  readonly list: (query: TicksQuery) => E.Either<{ readonly tag: 'BadCursor' }, Page<Tick>>
  /** The newest that had been heard of by then. */
  readonly newestAsOf: (position: Position, scheduleId: string) => PastTick | null
}

const farFuture = '~'

export const tickTable = (connection: Connection): TickTable => {
  const one = connection.prepare('SELECT first, record FROM ticks WHERE schedule_id = ? AND due_at = ?')
  const put = connection.prepare(
    'INSERT OR REPLACE INTO ticks (schedule_id, due_at, first, outcome, instants, record) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const remove = connection.prepare('DELETE FROM ticks WHERE schedule_id = ? AND due_at = ?')
  const page = connection.prepare('SELECT record FROM ticks WHERE schedule_id = ? AND due_at < ? ORDER BY due_at DESC LIMIT ?')
  const newest = connection.prepare('SELECT first, record FROM ticks WHERE schedule_id = ? AND first <= ? ORDER BY due_at DESC LIMIT 1')
  return {
    get: (key) => {
      const found = one.get(...tickKeyParts(key))
      return found && rowOf(found)
    },
    set: (key, row) => {
      if (row === undefined) remove.run(...tickKeyParts(key))
      else put.run(...tickKeyParts(key), row.first, row.tick.outcome, row.tick.count ?? 1, JSON.stringify(row.tick))
    },
    list: ({ scheduleId, limit, cursor }) => {
      const before = cursor === undefined ? farFuture : instantOf(cursor)
      if (before === null) return E.left({ tag: 'BadCursor' })
      const found: ReadonlyArray<Tick> = page.all(scheduleId, before, limit + 1).map(tickIn)
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return E.right({ items, nextCursor: last === undefined ? null : tickCursor(last.dueAt) })
    },
    newestAsOf: (position, scheduleId) => {
      const found = newest.get(scheduleId, position)
      if (found === undefined) return null
      const { tick, first } = rowOf(found)
      return { dueAt: tick.dueAt, first, record: tick.position <= position ? tick : null }
    },
  }
}

const tickIn = (row: Row): Tick => JSON.parse(String(row['record']))

const rowOf = (row: Row): TickRow => ({ tick: tickIn(row), first: Number(row['first']) })
