/**
 * Waiting for a lock that another process holds: try, go away for a random moment, try again, until a deadline.
 *
 * SQLite's own busy_timeout would stop the event loop, and its fixed steps starve all processes but one.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { classify } from './classify.js'

export interface Waited {
  readonly tag: 'Busy'
  readonly waitedMs: number
}

/** Answers with what `attempt` gave, or with how long it was busy; any other error is thrown on. */
export const waitWhileBusy = async <A>(attempt: () => A, waitMsMax: number): Promise<A | Waited> => {
  const begun = performance.now()
  for (let tries = 1; ; tries++) {
    try {
      return attempt()
    } catch (error) {
      if (classify(error) !== 'busy') throw error
      const waitedMs = performance.now() - begun
      if (waitedMs >= waitMsMax) return { tag: 'Busy', waitedMs: Math.round(waitedMs) }
      await delay(pauseMs(tries))
    }
  }
}

/** At random, so that several processes that wait do not meet again; short at first, longer when it drags on. */
export const pauseMs = (tries: number): number => Math.random() * Math.min(3 + tries / 20, 15)
