/**
 * Folds a page of the log into the tables: rows and checkpoint in one transaction, so that a crash leaves both or neither.
 */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import type { ProjectionFailed } from '@borgledger/engine'
import type { Position } from '@borgledger/eventstore'
import { classify, transaction } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { project } from './project.js'
import type { StoredTables } from './stored-tables.js'
import { writeBehind } from './write-behind.js'

type LogPage = ReadonlyArray<Recorded<DomainEvent>>

/** Throws only when another process holds the lock: then nothing was done, and it may be tried again. */
export const applyPage = (tables: StoredTables, page: LogPage): E.Either<ProjectionFailed, void> => {
  let reached: Position = 0
  try {
    transaction(tables.connection, () => {
      const rows = {
        jobs: writeBehind(tables.jobs),
        repositories: writeBehind(tables.repositories),
        archives: writeBehind(tables.archives),
        targets: writeBehind(tables.targets),
        deliveries: writeBehind(tables.deliveries),
        ticks: writeBehind(tables.ticks),
      }
      for (const recorded of following(page, tables.checkpoint.get())) {
        reached = recorded.position
        project(rows, recorded)
      }
      for (const table of Object.values(rows)) table.flush()
      if (reached > 0) tables.checkpoint.set(reached)
    })
    return E.right(undefined)
  } catch (error) {
    const fault = classify(error)
    if (fault === 'busy') throw error
    const message = error instanceof Error ? error.message : String(error)
    const position = error instanceof MissingEvents ? error.position : reached
    return E.left({ tag: 'ProjectionFailed', position, message, passing: fault === 'full' })
  }
}

/** Between what the tables hold and the page there is a hole: folded over, its events would be missing for ever. */
class MissingEvents extends Error {
  override readonly name = 'MissingEvents'
  readonly position: Position
  constructor(held: Position, position: Position) {
    super(`the tables hold the log up to ${held}, and the page goes on at ${position}`)
    this.position = position
  }
}

/** What of the page the tables do not hold yet. */
function* following(page: LogPage, checkpoint: Position): Generator<LogPage[number]> {
  let held = checkpoint
  for (const recorded of page) {
    if (recorded.position <= held) continue
    if (recorded.position !== held + 1) throw new MissingEvents(held, recorded.position)
    yield recorded
    held = recorded.position
  }
}
