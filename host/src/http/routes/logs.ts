/** Job logs: whole, in part, their last lines, and live. */
import type { Borgledger } from 'borgledger'
import { followLog } from '../../job-log/follow-log.js'
import { logSize } from '../../job-log/log-size.js'
import { logSlices } from '../../job-log/log-slices.js'
import { pathPart } from '../answer.js'
import { byteRangeOf } from '../byte-range.js'
import { bytesBody } from '../bytes-body.js'
import type { OpenStreams } from '../open-streams.js'
import { problem } from '../problem.js'
import { readQuery, wholeNumber } from '../query.js'
import type { AppContext, Route } from '../route.js'
import { sse } from '../sse.js'

const tailLinesMax = 10_000
const reading = { tail: wholeNumber(1, tailLinesMax) }

export const logRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'GET', path: '/jobs/:id/log', role: 'viewer', query: reading, handle: (c) => show(c, ledger) },
  { method: 'GET', path: '/jobs/:id/log/stream', role: 'viewer', handle: (c) => stream(c, ledger, streams) },
]

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const id = pathPart(c, 'id')
  const query = readQuery(c, reading)
  if (!query.ok) return problem(c, query.error)
  const size = await logSize(ledger, id)
  if (!size.ok) return problem(c, size.error)
  c.header('Content-Type', 'text/plain; charset=utf-8')
  c.header('Accept-Ranges', 'bytes')
  const { tail } = query.value
  if (tail !== undefined) return c.body(bytesBody(logSlices(ledger.log, id, await ledger.log.tailStart(id, tail), size.value)))
  return part(c, ledger, id, size.value)
}

const part = (c: AppContext, ledger: Borgledger, id: string, size: number): Response => {
  const range = byteRangeOf(c.req.header('Range'), size)
  if (range === 'none') return c.body(bytesBody(logSlices(ledger.log, id, 0, size)))
  if (range === 'outside') {
    c.header('Content-Range', `bytes */${size}`)
    return problem(c, { code: 'range-not-satisfiable', message: `the log has ${size} bytes` })
  }
  c.header('Content-Range', `bytes ${range.start}-${range.end - 1}/${size}`)
  return c.body(bytesBody(logSlices(ledger.log, id, range.start, range.end)), 206)
}

const stream = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const id = pathPart(c, 'id')
  const size = await logSize(ledger, id)
  if (!size.ok) return problem(c, size.error)
  const seen = c.req.header('Last-Event-ID') ?? '0'
  if (!/^\d{1,15}$/.test(seen)) return problem(c, { code: 'malformed-request', message: 'Last-Event-ID: expected an offset in bytes' })
  return sse(c, streams, async function* (signal) {
    for await (const { text, end } of followLog(ledger, id, Number(seen), signal)) yield { event: 'log', id: String(end), data: text }
  })
}
