/**
 * A clock that stands still until it is advanced: the engine's `Clock` port for tests, so that an hour of back-off takes no time.
 */
import type { Clock } from '@borgledger/engine'

export interface VirtualClock extends Clock {
  /** Moves the present on by `ms` and calls every wake that falls due on the way, in order, each at its own instant. */
  readonly advance: (ms: number) => void
  /** Due instants of the wakes that wait, ascending. */
  readonly waiting: () => ReadonlyArray<string>
}

interface Wake {
  readonly dueMs: number
  readonly wake: () => void
}

/** `start`: the first instant, RFC 3339 in UTC. Wakes due at one instant are called in the order in which they were asked for. */
export const virtualClock = (start: string): VirtualClock => {
  let nowMs = Date.parse(start)
  if (Number.isNaN(nowMs)) throw new RangeError(`not an instant: ${start}`)
  const wakes = new Set<Wake>()
  const inOrder = (): ReadonlyArray<Wake> => [...wakes].sort((a, b) => a.dueMs - b.dueMs)

  const advance = (ms: number): void => {
    if (!(ms >= 0)) throw new RangeError(`a clock goes forward only, not by ${ms} ms`)
    const untilMs = nowMs + ms
    for (let [next] = inOrder(); next !== undefined && next.dueMs <= untilMs; [next] = inOrder()) {
      wakes.delete(next)
      nowMs = next.dueMs
      next.wake()
    }
    nowMs = untilMs
  }

  const after: Clock['after'] = (delayMs, wake) => {
    const waiting: Wake = { dueMs: nowMs + Math.max(0, delayMs), wake }
    wakes.add(waiting)
    return { cancel: () => void wakes.delete(waiting) }
  }

  const iso = (ms: number): string => new Date(ms).toISOString()
  return { now: () => iso(nowMs), after, advance, waiting: () => inOrder().map(({ dueMs }) => iso(dueMs)) }
}
