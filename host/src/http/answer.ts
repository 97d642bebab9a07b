/** From the library's results to HTTP answers. */
import type { LedgerError, Result } from 'borgledger'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { problem } from './problem.js'
import type { AppContext } from './route.js'

export const answer = <A>(c: AppContext, result: Result<A>, status: ContentfulStatusCode = 200): Response =>
  result.ok ? c.json(result.value as object, status) : problem(c, result.error)

export const answerNothing = (c: AppContext, result: Result<void>): Response => (result.ok ? c.body(null, 204) : problem(c, result.error))

export const refused = (error: LedgerError): { readonly ok: false; readonly error: LedgerError } => ({ ok: false, error })

/** What stands at `:name` of the route's path. */
export const pathPart = (c: AppContext, name: string): string => c.req.param(name) ?? ''
