/** Errors as `application/problem+json` (RFC 9457). */
import type { LedgerError } from 'borgledger'
import type { Context } from 'hono'
import { retryAfterOf, statusOf } from './codes.js'

export const problem = (c: Context, { code, message, errors, jobs }: LedgerError): Response => {
  const status = statusOf(code)
  const retryAfterS = retryAfterOf(code)
  if (retryAfterS !== null) c.header('Retry-After', String(retryAfterS))
  c.header('Content-Type', 'application/problem+json')
  const body = { type: `urn:borgledger:problem:${code}`, title: titleOf(code), status, detail: message, code, errors, jobs }
  return c.body(JSON.stringify(body), status)
}

/** `repository-busy` becomes `Repository busy`. */
const titleOf = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`
