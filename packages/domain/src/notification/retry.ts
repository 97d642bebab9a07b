/**
 * When a delivery that failed is attempted again: after ten seconds, then twice as long each time up to an hour, for a day in all.
 *
 * A target that refused is tried a few times only: what it refuses today it refuses tomorrow, save that it may be starting just now.
 */
import type { DeliveryProblem } from './commands.js'
import type { DeliveryState } from './state.js'

const firstPauseMs = 10_000
const pauseMsMax = 3_600_000
const patienceMs = 24 * 3_600_000
const refusalsMax = 3

/** Null: it is given up. `at`: when the attempt failed. */
export const retryAfterMsOf = (delivery: DeliveryState, attempt: number, { permanent }: DeliveryProblem, at: string): number | null => {
  const failingMs = Date.parse(at) - Date.parse(delivery.firstFailedAt ?? at)
  if (failingMs >= patienceMs || (permanent && attempt >= refusalsMax)) return null
  return Math.min(firstPauseMs * 2 ** (attempt - 1), pauseMsMax)
}
