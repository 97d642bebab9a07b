/**
 * Deliveries in and out of SQLite, and their list: newest first, in pages that go on below a position.
 */
import type { Delivery } from '@borgledger/domain'
import type { DeliveriesQuery, Page } from '@borgledger/engine'
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { cursorAt, positionOf } from './cursor.js'
import { checkLimit } from './list-limit.js'
import type { DeliveryRow } from './project-notification.js'
import type { Rows } from './rows.js'

export interface DeliveryTable extends Rows<DeliveryRow> {
  /** Throws a RangeError when the limit is not 1 to 200. */
  readonly list: (query: DeliveriesQuery) => E.Either<{ readonly tag: 'BadCursor' }, Page<Delivery>>
}

export const deliveryTable = (connection: Connection): DeliveryTable => {
  const one = connection.prepare('SELECT queued, record FROM deliveries WHERE id = ?')
  const put = connection.prepare('INSERT OR REPLACE INTO deliveries (queued, id, target_id, record) VALUES (?, ?, ?, ?)')
  const page = connection.prepare('SELECT queued, record FROM deliveries WHERE queued < ? ORDER BY queued DESC LIMIT ?')
  const ofTarget = connection.prepare(
    'SELECT queued, record FROM deliveries WHERE target_id = ? AND queued < ? ORDER BY queued DESC LIMIT ?',
  )
  return {
    get: (id) => {
      const found = one.get(id)
      return found && rowOf(found)
    },
    set: (id, row) => {
      if (row !== undefined) put.run(row.queued, id, row.delivery.targetId, JSON.stringify(row.delivery))
    },
    list: ({ limit, cursor, targetId }) => {
      checkLimit(limit)
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : positionOf('deliveries', cursor)
      if (before === null) return E.left({ tag: 'BadCursor' })
      const rows = targetId === undefined ? page.all(before, limit + 1) : ofTarget.all(targetId, before, limit + 1)
      return E.right(pageOf(rows.map(rowOf), limit))
    },
  }
}

/** Written by `set` above, and a file of another version is never read. */
const rowOf = (row: Row): DeliveryRow => ({ queued: Number(row['queued']), delivery: JSON.parse(String(row['record'])) })

const pageOf = (rows: ReadonlyArray<DeliveryRow>, limit: number): Page<Delivery> => {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: shown.map(({ delivery }) => delivery), nextCursor: last === undefined ? null : cursorAt('deliveries', last.queued) }
}
