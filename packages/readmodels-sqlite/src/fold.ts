/**
 * Events folded into rows that are held in memory until they are written: a job that has many events in a fold is read and written once.
 */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import { project } from './project.js'
import type { StoredTables } from './stored-tables.js'
import { writeBehind } from './write-behind.js'

export interface Fold {
  /** What the tables hold already is passed over. Throws where events are missing before it. */
  readonly take: (recorded: Recorded<DomainEvent>) => void
  /** Every row that changed, and the checkpoint. To be called once, in a transaction; then the fold is over. */
  readonly write: () => void
}

/** Goes on where the tables end, and is alone with them until it was written. */
export const beginFold = (tables: StoredTables): Fold => {
  const rows = {
    jobs: writeBehind(tables.jobs),
    repositories: writeBehind(tables.repositories),
    archives: writeBehind(tables.archives),
    targets: writeBehind(tables.targets),
    deliveries: writeBehind(tables.deliveries),
    ticks: writeBehind(tables.ticks),
  }
  const before = tables.checkpoint.get()
  let held = before
  return {
    take: (recorded) => {
      if (recorded.position <= held) return
      // Folded over, the events of a hole would be missing for ever.
      if (recorded.position !== held + 1)
        throw new Error(`the tables hold the log up to ${held}, and the page goes on at ${recorded.position}`)
      project(rows, recorded)
      held = recorded.position
    },
    write: () => {
      for (const table of Object.values(rows)) table.flush()
      if (held > before) tables.checkpoint.set(held)
    },
  }
}
