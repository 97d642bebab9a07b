/** The log of events at the library's door: read, followed, verified. */
import type { EventQuery, EventStore, Tag } from '@borgledger/eventstore'
import { verifyChain } from '@borgledger/eventstore'
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

export interface Verification {
  readonly ok: boolean
  /** Up to here the log is whole. */
  readonly position: number
  readonly commits: number
  readonly events: number
  /** The first event that does not hold. */
  readonly divergence?: { readonly position: number | null; readonly commitId: string | null; readonly what: string }
}

export interface History {
  /** In order. */
  readonly read: (query?: EventsQuery) => Promise<ReadonlyArray<EventRecord>>
  /** From after a position on, and then live; in order, no gap, no repeat. Completes when the ledger is closed. */
  readonly follow: (after: number) => Observable<EventRecord>
  /** Walks the hash chain from the beginning: every commit follows from the one before, and every event can be read. */
  readonly verify: () => Promise<Verification>
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
  verify: async () => {
    const { ok, head, commits, events, divergence } = await verifyChain(store.commits())
    return { ok, position: head.position, commits, events, ...(divergence === null ? {} : { divergence }) }
  },
})

const toEventQuery = ({ types, tags }: EventsQuery): EventQuery => {
  if (types === undefined && tags === undefined) return 'all'
  return [{ ...(types === undefined ? {} : { types }), ...(tags === undefined ? {} : { tags: tags as ReadonlyArray<Tag> }) }]
}
