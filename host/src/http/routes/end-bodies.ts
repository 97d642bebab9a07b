/** What is sent to cancel a job (why, and whether also where stopping half-way may do harm) and to resolve one (how it ended, and why). */
import { closed, decodeWith, type Result } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { invalidBody } from '../invalid-body.js'

export const CancelBody = closed('a cancellation', { reason: t.string }, { force: t.boolean })

export const ResolveBody = closed('a resolution', { state: t.keyof({ failed: null, cancelled: null }), reason: t.string }, {})
type Resolution = t.TypeOf<typeof ResolveBody>

export const decodeResolve = (body: unknown): Result<Resolution> => {
  const decoded = decodeWith(ResolveBody, body)
  return E.isLeft(decoded) ? invalidBody(decoded.left) : { ok: true, value: decoded.right }
}

export const decodeCancel = (body: unknown): Result<{ readonly reason: string; readonly force: boolean }> => {
  const decoded = decodeWith(CancelBody, body)
  return E.isLeft(decoded) ? invalidBody(decoded.left) : { ok: true, value: { force: false, ...decoded.right } }
}
