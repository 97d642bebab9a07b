/**
 * Rows of a table held in memory for the length of one fold.
 */
import type { Rows } from './rows.js'

export interface WriteBehind<A> extends Rows<A> {
  /** Writes every row that was set. */
  readonly flush: () => void
}

export const writeBehind = <A>(table: Rows<A>): WriteBehind<A> => {
  const held = new Map<string, A | undefined>()
  const changed = new Set<string>()
  return {
    get: (id) => {
      if (!held.has(id)) held.set(id, table.get(id))
      return held.get(id)
    },
    set: (id, row) => {
      held.set(id, row)
      changed.add(id)
    },
    flush: () => {
      for (const id of changed) table.set(id, held.get(id))
    },
  }
}
