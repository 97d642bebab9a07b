/** A follower that a case can wait for, with a bound: no wait here is without end. */
import assert from 'node:assert/strict'
import type { EventQuery, EventStore, Position, RecordedEvent } from '../port.js'

export interface Follower {
  readonly seen: ReadonlyArray<RecordedEvent>
  /** Resolves when so many events have come; rejects when the follower ended or 20 seconds passed before. */
  readonly count: (expected: number) => Promise<void>
  /** Resolves when the follower has completed, with the same bound. */
  readonly completed: () => Promise<void>
  readonly stop: () => void
}

const waitMsMax = 20_000

export const follow = (store: EventStore, query: EventQuery = 'all', after: Position = 0): Follower => {
  const seen: RecordedEvent[] = []
  const waiting = new Set<() => void>()
  let end: 'none' | 'completed' | { readonly error: unknown } = 'none'
  const wake = (): void => {
    for (const check of [...waiting]) check()
  }
  const subscription = store.follow(query, after).subscribe({
    next: (event) => {
      const before = seen.at(-1)?.position ?? after
      seen.push(event)
      // Said at once, since the wait for the one that was left out would only end at its bound.
      if (query === 'all' && event.position > before + 1 && before > 0) end = { error: `${event.position} came after ${before}` }
      wake()
    },
    complete: () => {
      end = 'completed'
      wake()
    },
    error: (error: unknown) => {
      end = { error }
      wake()
    },
  })
  const until = (what: string, isSo: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        waiting.delete(check)
        act()
      }
      const fail = (why: string): void => settle(() => reject(new assert.AssertionError({ message: `${what}: ${why}` })))
      const check = (): void => {
        if (isSo()) settle(resolve)
        else if (end !== 'none') fail(end === 'completed' ? 'the follower completed' : `the follower failed: ${String(end.error)}`)
      }
      const timer = setTimeout(() => fail(`not within ${waitMsMax} ms; ${seen.length} events came`), waitMsMax)
      waiting.add(check)
      check()
    })
  return {
    seen,
    count: (expected) => until(`${expected} events were due`, () => seen.length >= expected),
    completed: () => until('the end was due', () => end === 'completed'),
    stop: () => subscription.unsubscribe(),
  }
}

/** Insists on exactly these positions, in this order. */
export const assertPositions = (follower: Follower, expected: ReadonlyArray<Position>): void =>
  assert.deepEqual(
    follower.seen.map(({ position }) => position),
    expected,
  )
