/**
 * A clock that stands still until it is advanced: the engine's `Clock` port for tests, so that an hour of back-off takes no time. It can also be
 * set, as people and time servers set the clocks of machines.
 */
import type { Clock } from '@borgledger/engine'

export interface VirtualClock extends Clock {
  /** Moves the present on by `ms` and calls every wake that falls due on the way, in order, each at its own instant. */
  readonly advance: (ms: number) => void
  /** Sets the clock on, or back for less than nothing. No time passes: what waits for a delay goes on waiting, and nothing is called. */
  readonly set: (byMs: number) => void
  /** Due instants of the wakes that wait, ascending. */
  readonly waiting: () => ReadonlyArray<string>
}

interface Wake {
  /** By the time that has passed. */
  readonly dueMs: number
  readonly wake: () => void
}

/** `start`: the first instant, RFC 3339 in UTC. Wakes due at one instant are called in the order in which they were asked for. */
export const virtualClock = (start: string): VirtualClock => {
  const startMs = Date.parse(start)
  if (Number.isNaN(startMs)) throw new RangeError(`not an instant: ${start}`)
  let passedMs = 0
  let setByMs = 0
  const wakes = new Set<Wake>()
  const inOrder = (): ReadonlyArray<Wake> => [...wakes].sort((a, b) => a.dueMs - b.dueMs)
  const shown = (dueMs: number): number => startMs + setByMs + dueMs

  const advance = (ms: number): void => {
    if (!(ms >= 0)) throw new RangeError(`a clock goes forward only, not by ${ms} ms`)
    const untilMs = passedMs + ms
    for (let [next] = inOrder(); next !== undefined && next.dueMs <= untilMs; [next] = inOrder()) {
      wakes.delete(next)
      passedMs = next.dueMs
      next.wake()
    }
    passedMs = untilMs
  }

  const after: Clock['after'] = (delayMs, wake) => {
    const waiting: Wake = { dueMs: passedMs + Math.max(0, delayMs), wake }
    wakes.add(waiting)
    return { cancel: () => void wakes.delete(waiting) }
  }
  const at: Clock['at'] = (instant, wake) => {
    const leftMs = (): number => Date.parse(instant) - shown(passedMs)
    // As the alarms of the real clock do, it looks again when its time has passed: the clock may have been set back.
    const ring = (): void => (leftMs() <= 0 ? wake() : again())
    let timer = after(leftMs(), ring)
    const again = (): void => void (timer = after(leftMs(), ring))
    return { cancel: () => timer.cancel() }
  }

  const iso = (ms: number): string => new Date(ms).toISOString()
  return {
    now: () => iso(shown(passedMs)),
    after,
    at,
    advance,
    set: (byMs) => void (setByMs += byMs),
    waiting: () => inOrder().map(({ dueMs }) => iso(shown(dueMs))),
  }
}
