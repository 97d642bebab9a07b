/** Tokens: created, listed, revoked. A secret is told once, in the answer to the request that made it. */
import type { Borgledger, TokenBody } from 'borgledger'
import { answer, answerNothing, pathPart } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf, keyedCallerOf } from '../caller.js'
import type { OpenStreams } from '../open-streams.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { Limit, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'

const paging = { limit: Limit, cursor: SomeText }

export const tokenRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'GET', path: '/tokens', role: 'admin', query: paging, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/tokens', role: 'admin', handle: (c) => create(c, ledger) },
  { method: 'GET', path: '/tokens/:id', role: 'admin', handle: async (c) => answer(c, await ledger.token(pathPart(c, 'id'))) },
  { method: 'DELETE', path: '/tokens/:id', role: 'admin', handle: (c) => revoke(c, ledger, streams) },
]

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, paging)
  return query.ok ? answer(c, pageById(await ledger.tokens(), query.value)) : problem(c, query.error)
}

const create = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const created = await ledger.createToken(body.value as TokenBody, caller.value)
  if (created.ok) c.header('Location', `/api/v1/tokens/${created.value.id}`)
  c.header('Cache-Control', 'no-store')
  return answer(c, created, 201)
}

/** Streams that the token opened end with it. */
const revoke = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const revoked = await ledger.revokeToken(pathPart(c, 'id'), callerOf(c))
  streams.review()
  return answerNothing(c, revoked)
}
