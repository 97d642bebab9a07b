/**
 * Due instants in and out of SQLite: one row for each, or for a range of skipped ones, known by its schedule and its first instant.
 *
 * They stay when their schedule is removed: they did come due.
 */
import type { Tick } from '@borgledger/domain'
import type { Page, TicksQuery } from '@borgledger/engine'
import type { Connection } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { instantOf, tickCursor } from './cursor.js'
import type { Rows } from './rows.js'
import { tickKeyParts } from './tick-key.js'

export interface TickTable extends Rows<Tick> {
  /** Newest first. */
  readonly list: (query: TicksQuery) => E.Either<{ readonly tag: 'BadCursor' }, Page<Tick>>
}

const farFuture = '~'

export const tickTable = (connection: Connection): TickTable => {
  const one = connection.prepare('SELECT record FROM ticks WHERE schedule_id = ? AND due_at = ?')
  const put = connection.prepare('INSERT OR REPLACE INTO ticks (schedule_id, due_at, outcome, instants, record) VALUES (?, ?, ?, ?, ?)')
  const remove = connection.prepare('DELETE FROM ticks WHERE schedule_id = ? AND due_at = ?')
  const page = connection.prepare('SELECT record FROM ticks WHERE schedule_id = ? AND due_at < ? ORDER BY due_at DESC LIMIT ?')
  return {
    get: (key) => {
      const found = one.get(...tickKeyParts(key))
      return found && JSON.parse(String(found['record']))
    },
    set: (key, row) => {
      if (row === undefined) remove.run(...tickKeyParts(key))
      else put.run(...tickKeyParts(key), row.outcome, row.count ?? 1, JSON.stringify(row))
    },
    list: ({ scheduleId, limit, cursor }) => {
      const before = cursor === undefined ? farFuture : instantOf(cursor)
      if (before === null) return E.left({ tag: 'BadCursor' })
      const found: ReadonlyArray<Tick> = page.all(scheduleId, before, limit + 1).map((row) => JSON.parse(String(row['record'])))
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return E.right({ items, nextCursor: last === undefined ? null : tickCursor(last.dueAt) })
    },
  }
}
