/**
 * Notices what other processes wrote, by SQLite's own counter of changes: a few microseconds a look, every 2 to 50 ms, and only while
 * somebody follows. (Watching the file instead tells too much and, on some systems, nothing.)
 */
export interface ChangePoll {
  /** Looks at once, then again and again. Starting twice is fine. */
  readonly start: () => void
  readonly stop: () => void
}

const pauseMsMin = 2
const pauseMsMax = 50

/** `version` changes when the log did; it may throw when it cannot tell just now. `changed` is also called at the first look. */
export const createChangePoll = (version: () => unknown, changed: () => void): ChangePoll => {
  let timer: NodeJS.Timeout | undefined
  let running = false
  let pauseMs = pauseMsMin
  let seen: unknown = null

  const look = (): void => {
    const now = version()
    if (now === seen) return
    changed()
    seen = now
    pauseMs = pauseMsMin / 2
  }
  const tick = (): void => {
    try {
      look()
    } catch {
      // Locked or being opened again: `seen` stands as it was, so the next look finds the same change.
    }
    pauseMs = Math.min(pauseMs * 2, pauseMsMax)
    // What `changed` called may have stopped it.
    if (running) timer = setTimeout(tick, pauseMs)
  }
  return {
    start: () => {
      if (running) return
      running = true
      seen = null
      tick()
    },
    stop: () => {
      running = false
      clearTimeout(timer)
    },
  }
}
