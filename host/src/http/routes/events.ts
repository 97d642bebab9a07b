/** The log of events: read in pages, and followed. */
import type { Borgledger, EventRecord, Result } from 'borgledger'
import { refused } from '../answer.js'
import type { OpenStreams } from '../open-streams.js'
import { problem } from '../problem.js'
import { Limit, limitDefault, PositionText, readQuery, SomeTexts } from '../query.js'
import type { AppContext, Route } from '../route.js'
import { sse } from '../sse.js'
import { recordedAfter } from './recorded-after.js'

const listing = { after: PositionText, type: SomeTexts, tag: SomeTexts, limit: Limit, cursor: PositionText }
const following = { after: PositionText }

export const eventRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'GET', path: '/events', role: 'viewer', query: listing, handle: (c) => list(c, ledger) },
  { method: 'GET', path: '/events/stream', role: 'viewer', query: following, handle: (c) => stream(c, ledger, streams) },
]

/** In order. `cursor` is where the page before ended, and goes before `after`. */
const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, listing)
  if (!query.ok) return problem(c, query.error)
  const { cursor, after = 0, type, tag, limit = limitDefault } = query.value
  const found = await ledger.events({
    after: cursor ?? after,
    limit: limit + 1,
    ...(type === undefined ? {} : { types: type }),
    ...(tag === undefined ? {} : { tags: tag }),
  })
  const items = found.slice(0, limit)
  return c.json({ items, nextCursor: found.length > limit ? String(items.at(-1)?.position) : null })
}

/** From now on, or from after the position that the client saw last. A position that was never reached is none to wait for: from now on. */
const stream = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const seen = lastSeen(c)
  if (!seen.ok) return problem(c, seen.error)
  const head = ledger.position()
  const after = Math.min(seen.value ?? head, head)
  return sse(c, streams, async function* (signal) {
    for await (const event of recordedAfter(ledger, after, signal)) yield messageOf(event)
  })
}

const messageOf = (event: EventRecord) => ({ event: 'recorded', id: String(event.position), data: JSON.stringify(event) })

/** The header goes before the query: a client that comes back keeps the address it began with. */
const lastSeen = (c: AppContext): Result<number | null> => {
  const query = readQuery(c, following)
  if (!query.ok) return query
  const header = c.req.header('Last-Event-ID')
  if (header === undefined || header === '') return { ok: true, value: query.value.after ?? null }
  if (/^\d{1,16}$/.test(header)) return { ok: true, value: Number(header) }
  return refused({ code: 'malformed-request', message: 'Last-Event-ID: expected a position' })
}
