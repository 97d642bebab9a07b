/** The clock port: the engine's only source of time. */
import type { Instant } from '@borgledger/eventstore'

export interface Clock {
  /** The present, RFC 3339 in UTC with milliseconds. */
  readonly now: () => Instant
  /** Calls `wake` once, `delayMs` from now, unless cancelled before. */
  readonly after: (delayMs: number, wake: () => void) => { readonly cancel: () => void }
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
}
