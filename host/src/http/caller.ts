/** Who calls, as the library records it, with the idempotency key if the request has one. */
import type { Caller, Result } from 'borgledger'
import { refused } from './answer.js'
import type { AppContext } from './route.js'

const keyShape = /^[\x21-\x7e]{1,200}$/

export const callerOf = (c: AppContext): Caller => ({ actor: c.var.principal.actor })

/** For requests that create. Left unsaid, the key makes no difference. */
export const keyedCallerOf = (c: AppContext): Result<Caller> => {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return { ok: true, value: callerOf(c) }
  if (keyShape.test(key)) return { ok: true, value: { ...callerOf(c), idempotencyKey: key } }
  return refused({ code: 'malformed-request', message: 'Idempotency-Key: expected 1 to 200 visible ASCII characters without blanks' })
}
