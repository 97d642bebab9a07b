/** The history checked, shown as it was, signed, and given out. */
import { type Alternative, type Borgledger, decodeWith, type Result, SignedHead } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import { answer, pathPart, refused } from '../answer.js'
import { readBody } from '../body.js'
import { bytesBody } from '../bytes-body.js'
import type { OpenStreams } from '../open-streams.js'
import { problem } from '../problem.js'
import { InstantText, moment, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'
import { type Walks, walksAtOnce } from '../walks.js'
import { verify } from './verify.js'

const due = { dueAt: InstantText }
const range = { from: InstantText, to: InstantText }
const exported = { jobId: SomeText }
const walksMax = 2

export const auditRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => {
  const walks = walksAtOnce(walksMax)
  const counted: Pick<Borgledger, Walking> = {
    position: ledger.position,
    verify: (onProgress) => walks.during(ledger.verify(onProgress)),
    whatIf: (change) => walks.during(ledger.whatIf(change)),
    checkHead: (signed) => walks.during(ledger.checkHead(signed)),
  }
  return [...walkRoutes(counted, walks, streams), ...lookRoutes(ledger)]
}

type Walking = 'position' | 'verify' | 'whatIf' | 'checkHead'

/** What goes through the whole history. */
const walkRoutes = (ledger: Pick<Borgledger, Walking>, { tooMany }: Walks, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'POST', path: '/audit/verify', role: 'viewer', handle: (c) => tooMany(c) ?? verify(c, ledger, streams) },
  { method: 'POST', path: '/audit/what-if', role: 'viewer', handle: (c) => tooMany(c) ?? whatIf(c, ledger) },
  { method: 'POST', path: '/audit/head', role: 'viewer', handle: (c) => tooMany(c) ?? check(c, ledger) },
]

const lookRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/audit/state', role: 'viewer', query: moment, handle: (c) => state(c, ledger) },
  {
    method: 'GET',
    path: '/audit/explain/jobs/:id',
    role: 'viewer',
    handle: async (c) => answerItems(c, await ledger.explainJob(pathPart(c, 'id'))),
  },
  { method: 'GET', path: '/audit/explain/schedules/:id', role: 'viewer', query: due, handle: (c) => instant(c, ledger) },
  { method: 'GET', path: '/audit/explain/repositories/:id', role: 'viewer', query: range, handle: (c) => repository(c, ledger) },
  { method: 'GET', path: '/audit/head', role: 'viewer', handle: async (c) => answer(c, await ledger.signedHead()) },
  { method: 'GET', path: '/audit/export', role: 'admin', query: exported, handle: (c) => exportTo(c, ledger) },
]

/** Without a moment: now. */
const state = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, moment)
  return query.ok ? answer(c, await ledger.at(query.value.at ?? ledger.position()).state()) : problem(c, query.error)
}

const answerItems = <A>(c: AppContext, items: Result<ReadonlyArray<A>>): Response =>
  answer(c, items.ok ? { ok: true, value: { items: items.value } } : items)

const instant = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, due)
  if (!query.ok) return problem(c, query.error)
  const { dueAt } = query.value
  if (dueAt === undefined) return problem(c, { code: 'malformed-request', message: 'dueAt: expected the due instant' })
  return answerItems(c, await ledger.explainInstant(pathPart(c, 'id'), dueAt))
}

/** Without a range: today. */
const repository = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, range)
  return query.ok ? answer(c, await ledger.explainRepository(pathPart(c, 'id'), query.value)) : problem(c, query.error)
}

const whatIf = async (c: AppContext, ledger: Pick<Borgledger, 'whatIf'>): Promise<Response> => {
  const body = await readBody(c)
  return body.ok ? answer(c, await ledger.whatIf(body.value as Alternative)) : problem(c, body.error)
}

/** A head that was signed before: does the log still hold it? */
const check = async (c: AppContext, ledger: Pick<Borgledger, 'checkHead'>): Promise<Response> => {
  const body = await readBody(c)
  const signed: Result<SignedHead> = body.ok ? signedHeadOf(body.value) : body
  return signed.ok ? c.json(await ledger.checkHead(signed.value)) : problem(c, signed.error)
}

const signedHeadOf = (body: unknown): Result<SignedHead> => {
  const decoded = decodeWith(SignedHead, body)
  if (E.isRight(decoded)) return { ok: true, value: decoded.right }
  return refused({ code: 'invalid-body', message: 'expected a signed head', errors: decoded.left })
}

/** The whole log, or the history of one job. */
const exportTo = (c: AppContext, ledger: Borgledger): Response => {
  const query = readQuery(c, exported)
  if (!query.ok) return problem(c, query.error)
  const { jobId } = query.value
  c.header('Content-Type', 'application/x-ndjson')
  return c.body(bytesBody(bytesOf(jobId === undefined ? ledger.exportLog() : ledger.exportJob(jobId))))
}

async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const piece of pieces) yield encoder.encode(piece)
}
