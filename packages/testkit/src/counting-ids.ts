/** Ids that count: the engine's `Ids` port for tests. They sort by the time of their making, and a failure names the same id again. */
import type { Ids } from '@borgledger/engine'

/** `id-000001`, `id-000002` … */
export const countingIds = (prefix = 'id-'): Ids => {
  let made = 0
  return { fresh: () => `${prefix}${String((made += 1)).padStart(6, '0')}` }
}
