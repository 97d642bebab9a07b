/**
 * Idempotency keys: the same request under the same key makes one thing. The key stands hashed, since a client may put anything into it.
 */
import * as t from 'io-ts'
import { Text } from '../codec/index.js'

export const idempotencyEvents = [
  /** `fingerprint`: a hash of the request; `madeId`: the id of what it made. */
  t.readonly(t.type({ type: t.literal('IdempotencyKeyUsed'), keyHash: Text, fingerprint: Text, madeId: Text }), 'IdempotencyKeyUsed'),
] as const
export const IdempotencyEvent = idempotencyEvents[0]
export type IdempotencyEvent = t.TypeOf<typeof IdempotencyEvent>

/** A key is remembered for 24 hours. */
export const keyKeptMs = 24 * 3_600_000
