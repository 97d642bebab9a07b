/** Tokens: created, listed, revoked. A secret is told once, in the answer to the request that made it. */
import type { Borgledger, TokenBody } from 'borgledger'
import { answer, pathPart } from '../answer.js'
import { add, list, remove } from '../collection.js'
import type { OpenStreams } from '../open-streams.js'
import { paging } from '../query.js'
import type { AppContext, Route } from '../route.js'

export const tokenRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'GET', path: '/tokens', role: 'admin', query: paging, handle: (c) => list(c, ledger.tokens) },
  { method: 'POST', path: '/tokens', role: 'admin', handle: (c) => create(c, ledger) },
  { method: 'GET', path: '/tokens/:id', role: 'admin', handle: async (c) => answer(c, await ledger.token(pathPart(c, 'id'))) },
  { method: 'DELETE', path: '/tokens/:id', role: 'admin', handle: (c) => revoke(c, ledger, streams) },
]

const create = (c: AppContext, ledger: Borgledger): Promise<Response> =>
  add(c, (body: TokenBody, caller) => {
    c.header('Cache-Control', 'no-store')
    return ledger.createToken(body, caller)
  })

/** Streams that the token opened end with it. */
const revoke = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const answered = await remove(c, ledger.revokeToken)
  streams.review()
  return answered
}
