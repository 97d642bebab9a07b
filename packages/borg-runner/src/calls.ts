/**
 * The calls under way that no run belongs to. They end with the runner: once it is closed, no borg of theirs is left.
 */
import type { RunnerProblem } from '@borgledger/engine'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

export interface Calls {
  /** Aborted when the runner is closed. */
  readonly closing: AbortSignal
  /** Keeps the runner from being closed before the call has ended. */
  readonly during: <A>(call: TaskEither<RunnerProblem, A>) => TaskEither<RunnerProblem, A>
  readonly close: () => Promise<void>
}

export const callsUnderWay = (): Calls => {
  const closed = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  return {
    closing: closed.signal,
    during: (call) => async () => {
      const ending = call()
      underWay.add(ending)
      try {
        return await ending
      } finally {
        underWay.delete(ending)
      }
    },
    close: async () => {
      closed.abort()
      await Promise.allSettled(underWay)
    },
  }
}
