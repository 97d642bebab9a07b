/** Who calls, and under which key: the second argument of everything that changes something. */
import { createHash } from 'node:crypto'

export interface Caller {
  /** Such as `user:anna`. Recorded with everything that the call causes. */
  readonly actor: string
  /** The same request under the same key makes one thing; remembered for 24 hours. */
  readonly idempotencyKey?: string
  /** Ties what the call causes to the caller's own records. */
  readonly correlationId?: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What is recorded of a key: hashes, since both key and body are the client's own. */
export const keyUseOf = (caller: Caller, kind: string, body: unknown, madeId: string) =>
  caller.idempotencyKey === undefined
    ? {}
    : { key: { keyHash: sha256(caller.idempotencyKey), fingerprint: sha256(`${kind} ${sorted(body)}`), madeId } }

/** The same body has the same text, in whatever order its fields came. */
const sorted = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${sorted(inner)}`).join(',')}}`
}
