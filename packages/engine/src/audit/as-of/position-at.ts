/**
 * Where the log stood at an instant. Found by halving: should the host's clock have gone back, it is one of the places at which the log
 * passed the instant.
 */
import { CorruptLog, type EventStore, LogUnavailable, type Position } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'

type Log = Pick<EventStore, 'read' | 'head'>

/** Throws `LogUnavailable` or `CorruptLog`. */
export const headOf = async (store: Log): Promise<Position> => {
  const head = await store.head()
  if (E.isRight(head)) return head.right.position
  throw head.left.tag === 'Corrupt' ? new CorruptLog(head.left.position, head.left.detail) : new LogUnavailable(head.left)
}

/** The last position recorded at or before `at` (RFC 3339 in UTC with milliseconds); 0 when the log began later. */
export const positionAt = async (store: Log, at: string): Promise<Position> => {
  // Everything up to `low` was recorded by then; `high` was not.
  let [low, high] = [0, (await headOf(store)) + 1]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if ((await instantAt(store, middle)) <= at) low = middle
    else high = middle
  }
  return low
}

/** When the event at the position was recorded. */
export const instantAt = async (store: Log, position: Position): Promise<string> => {
  for await (const [event] of store.read('all', { after: position - 1, upTo: position })) if (event !== undefined) return event.at
  throw new CorruptLog(position, 'the event is missing')
}
