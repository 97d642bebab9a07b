/**
 * A limit on how long somebody else may take, or say nothing, that counts only the time in which we ourselves could have heard of it.
 *
 * A process that was stopped and goes on, or whose machine slept, finds its timers due before it has read what was said meanwhile. So the time is
 * counted in looks: one that comes late by more than the time between two of them counts for nothing, and what waits to be read is read before
 * the next one.
 */

export interface Patience {
  /** Begins anew. */
  readonly heard: () => void
  /** Nothing runs out any more. */
  readonly end: () => void
}

const looksMax = 6

/** `ranOut` is called once, when it took `msMax` milliseconds, or somewhat more. */
export const patience = (msMax: number, ranOut: () => void): Patience => {
  const everyMs = msMax / looksMax
  let [looks, lookedAtMs] = [0, performance.now()]
  const look = (): void => {
    const sinceMs = performance.now() - lookedAtMs
    lookedAtMs += sinceMs
    if (sinceMs > 2 * everyMs) return
    looks += 1
    if (looks < looksMax) return
    clearInterval(timer)
    ranOut()
  }
  const timer = setInterval(look, everyMs)
  return {
    // The next look may come at once, and counts for nothing.
    heard: () => {
      looks = -1
    },
    end: () => clearInterval(timer),
  }
}
