/** The log of events at the library's door: read, followed, verified. */
import type { EventQuery, EventStore, Tag } from '@borgledger/eventstore'
import { map, type Observable } from 'rxjs'
import { type EventRecord, toEventRecord } from './event-record.js'

export interface EventsQuery {
  /** Exclusive; default 0, the beginning. */
  readonly after?: number
  /** Inclusive; default the head. */
  readonly upTo?: number
  readonly types?: ReadonlyArray<string>
  readonly tags?: ReadonlyArray<string>
  /** Default 50. */
  readonly limit?: number
}

export interface History {
  /** In order. */
  readonly read: (query?: EventsQuery) => Promise<ReadonlyArray<EventRecord>>
  /** From after a position on, and then live; in order, no gap, no repeat. Completes when the ledger is closed. */
  readonly follow: (after: number) => Observable<EventRecord>
}

const limitDefault = 50

export const createHistory = (store: EventStore): History => ({
  read: async (query = {}) => {
    const { after = 0, upTo, limit = limitDefault } = query
    const items: EventRecord[] = []
    const range = { after, pageSize: Math.min(limit, 1000), ...(upTo === undefined ? {} : { upTo }) }
    for await (const page of store.read(toEventQuery(query), range)) {
      items.push(...page.slice(0, limit - items.length).map(toEventRecord))
      if (items.length >= limit) break
    }
    return items
  },
  follow: (after) => store.follow('all', after).pipe(map(toEventRecord)),
})

const toEventQuery = ({ types, tags }: EventsQuery): EventQuery => {
  if (types === undefined && tags === undefined) return 'all'
  return [{ ...(types === undefined ? {} : { types }), ...(tags === undefined ? {} : { tags: tags as ReadonlyArray<Tag> }) }]
}
