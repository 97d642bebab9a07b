/** The clock port: the engine's only source of time. */

import type { Instant } from '@borgledger/eventstore'
import { scheduleJob } from 'node-schedule'

export interface Clock {
  /** The present, RFC 3339 in UTC with milliseconds. */
  readonly now: () => Instant
  /** Calls `wake` once, `delayMs` from now, unless cancelled before. */
  readonly after: (delayMs: number, wake: () => void) => { readonly cancel: () => void }
  /**
   * Calls `wake` once, when the present is `instant` or later, unless cancelled before. A clock that is set back delays it, and the sleep of the
   * machine too: whoever must not wait for longer than a time asks `after` as well.
   */
  readonly at: (instant: Instant, wake: () => void) => { readonly cancel: () => void }
}

/** Node's timers fire at once when asked for more: 24 days. */
const timerMsMax = 2 ** 31 - 1

/** The machine's own time. A wake-up that is waited for keeps the process alive. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  after: (delayMs, wake) => {
    const timer = setTimeout(wake, Math.min(delayMs, timerMsMax))
    return { cancel: () => clearTimeout(timer) }
  },
  at: (instant, wake) => {
    const alarm = scheduleJob(new Date(instant), wake)
    // It makes none for an instant that is past.
    if (alarm === null) return systemClock.after(0, wake)
    return { cancel: () => void alarm.cancel() }
  },
}
