/** Job logs: whole, in part, their last lines, and live. */
import type { Borgledger, OpenLog } from 'borgledger'
import { followLog } from '../../job-log/follow-log.js'
import { logSlices } from '../../job-log/log-slices.js'
import { openLog } from '../../job-log/open-log.js'
import { pathPart } from '../answer.js'
import { byteRangeOf } from '../byte-range.js'
import { bytesBody } from '../bytes-body.js'
import type { OpenStreams } from '../open-streams.js'
import { problem } from '../problem.js'
import { readQuery, wholeNumber } from '../query.js'
import type { AppContext, Route } from '../route.js'
import { type Message, sse } from '../sse.js'

const tailLinesMax = 10_000
const reading = { tail: wholeNumber(1, tailLinesMax) }

export const logRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'GET', path: '/jobs/:id/log', role: 'viewer', query: reading, handle: (c) => show(c, ledger) },
  { method: 'GET', path: '/jobs/:id/log/stream', role: 'viewer', handle: (c) => stream(c, ledger, streams) },
]

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, reading)
  if (!query.ok) return problem(c, query.error)
  const opened = await openLog(ledger, pathPart(c, 'id'))
  if (!opened.ok) return problem(c, opened.error)
  const log = opened.value
  const size = log === null ? 0 : await log.size()
  c.header('Content-Type', 'text/plain; charset=utf-8')
  c.header('Accept-Ranges', 'bytes')
  const { tail } = query.value
  if (tail === undefined) return part(c, log, size)
  return body(c, log, { start: log === null ? 0 : await log.tailStart(tail)(), end: size })
}

const part = async (c: AppContext, log: OpenLog | null, size: number): Promise<Response> => {
  const range = byteRangeOf(c.req.header('Range'), size)
  if (range === 'none') return body(c, log, { start: 0, end: size })
  if (range === 'outside') {
    await log?.close()
    c.header('Content-Range', `bytes */${size}`)
    return problem(c, { code: 'range-not-satisfiable', message: `the log has ${size} bytes` })
  }
  c.header('Content-Range', `bytes ${range.start}-${range.end - 1}/${size}`)
  return body(c, log, range, 206)
}

/** Lets the log go once it is told; nobody reads the body of an answer to HEAD. */
const body = async (
  c: AppContext,
  log: OpenLog | null,
  { start, end }: { readonly start: number; readonly end: number },
  status: 200 | 206 = 200,
): Promise<Response> => {
  if (log !== null && c.req.method !== 'HEAD') return c.body(bytesBody(logSlices(log, start, end)), status)
  await log?.close()
  return c.body(null, status)
}

const stream = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const id = pathPart(c, 'id')
  const opened = await openLog(ledger, id)
  if (!opened.ok) return problem(c, opened.error)
  await opened.value?.close()
  const seen = c.req.header('Last-Event-ID') ?? '0'
  if (!/^\d{1,15}$/.test(seen)) return problem(c, { code: 'malformed-request', message: 'Last-Event-ID: expected an offset in bytes' })
  return sse(c, streams, (signal) => logMessages(ledger, id, Number(seen), signal))
}

/** `log` with text, its id the offset behind it; at last `end` with the reason. */
async function* logMessages(ledger: Borgledger, jobId: string, from: number, signal: AbortSignal): AsyncGenerator<Message> {
  for await (const part of followLog(ledger, jobId, from, signal)) {
    if (part.tag === 'Text') yield { event: 'log', id: String(part.end), data: part.text }
    else yield { event: 'end', data: part.reason }
  }
}
