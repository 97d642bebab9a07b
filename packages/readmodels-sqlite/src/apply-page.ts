/**
 * Folds a page of the log into the tables: rows and checkpoint in one transaction, so that a crash leaves both or neither.
 */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import type { ProjectionFailed } from '@borgledger/engine'
import type { Position } from '@borgledger/eventstore'
import { classify, transaction } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { beginFold } from './fold.js'
import type { StoredTables } from './stored-tables.js'

type LogPage = ReadonlyArray<Recorded<DomainEvent>>

/** Throws only when another process holds the lock: then nothing was done, and it may be tried again. */
export const applyPage = (tables: StoredTables, page: LogPage): E.Either<ProjectionFailed, void> => {
  let reached: Position = 0
  try {
    transaction(tables.connection, () => {
      const fold = beginFold(tables)
      for (const recorded of page) {
        reached = recorded.position
        fold.take(recorded)
      }
      fold.write()
    })
    return E.right(undefined)
  } catch (error) {
    const fault = classify(error)
    if (fault === 'busy') throw error
    const message = error instanceof Error ? error.message : String(error)
    return E.left({ tag: 'ProjectionFailed', position: reached, message, passing: fault === 'full' })
  }
}
