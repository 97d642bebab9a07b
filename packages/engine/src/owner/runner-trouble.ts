/** When it is time to say that runs cannot be watched over: a worker that is lost is mostly replaced in a moment. */
import type { Readiness } from '../ports/runner.js'

/** How many times in a row, since when, and why the last time. */
export type RunnerTrouble = Omit<Extract<Readiness, { readonly tag: 'NotReady' }>, 'tag'>

const failuresMin = 3

/** Null: nothing worth a word. */
export const troubleOf = (readiness: Readiness): RunnerTrouble | null => {
  if (readiness.tag === 'Ready' || readiness.failures < failuresMin) return null
  const { failures, since, message } = readiness
  return { failures, since, message }
}
