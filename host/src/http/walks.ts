/**
 * Walks through the whole history, such as a verification: each takes memory and time that the jobs of this process need, so that only some may
 * be under way at once, whoever asked for them and whether or not they still listen.
 */
import type { Context } from 'hono'
import { problem } from './problem.js'

export interface Walks {
  /** The answer to one more walk than may be; null when it may begin. */
  readonly tooMany: (c: Context) => Response | null
  /** Counts the walk as under way until it is settled. */
  readonly during: <A>(walk: Promise<A>) => Promise<A>
}

export const walksAtOnce = (most: number): Walks => {
  let underWay = 0
  return {
    tooMany: (c) => {
      if (underWay < most) return null
      const message = `${underWay} walks through the whole history are under way, and there may be ${most} at once: ask again when one is over`
      return problem(c, { code: 'too-many-requests', message })
    },
    during: async (walk) => {
      underWay += 1
      try {
        return await walk
      } finally {
        underWay -= 1
      }
    },
  }
}
