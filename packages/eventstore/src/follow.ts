/**
 * Following a log: catch up by pages, then go on live. One loop does both, so there is no edge at which an event could be lost or repeated.
 *
 * A notice that the log grew carries no events; it only makes the loop read on from where it stands. A missed notice costs time, never an event.
 */
import { Observable, type Subscriber } from 'rxjs'
import type { EventQuery, EventStore, Position, RecordedEvent } from './port.js'

/** What an adapter gives to be followed. */
export interface Feed {
  readonly read: EventStore['read']
  /** Calls `grown` with the head at once or soon, and whenever it moved; `closed` when no more will come. Answers with the way to stop. */
  readonly watch: (watcher: Watcher) => () => void
}
export interface Watcher {
  readonly grown: (head: Position) => void
  readonly closed: () => void
}

/** Events after `after` that match: in order, no gap, no repeat. Unsubscribing takes effect at once, even in the middle of a page. */
export const followLog = (feed: Feed, query: EventQuery, after: Position): Observable<RecordedEvent> =>
  new Observable((subscriber) => {
    const walk = walker(feed, query, after, subscriber)
    return feed.watch({
      grown: walk,
      closed: () => subscriber.complete(),
    })
  })

const walker = (feed: Feed, query: EventQuery, after: Position, subscriber: Subscriber<RecordedEvent>): Watcher['grown'] => {
  let [at, head, walking] = [after, after, false]
  const walk = async (): Promise<void> => {
    walking = true
    while (at < head && !subscriber.closed) {
      const upTo = head
      for await (const page of feed.read(query, { after: at, upTo })) {
        for (const event of page) {
          if (subscriber.closed) return
          subscriber.next(event)
        }
      }
      at = upTo
    }
    // In the same tick as the last look at `head`: a notice after it must start a new walk.
    walking = false
  }
  return (newHead) => {
    head = Math.max(head, newHead)
    if (!walking) walk().catch((error: unknown) => subscriber.error(error))
  }
}
