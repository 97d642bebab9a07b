/** What is sent to create a token. Closed: an unknown field is refused. */
import { closed, decodeWith, Id, nullable, type Problem, refined, TokenName, TokenRole } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const ExpiresAt = refined(
  t.string,
  'an instant such as 2027-01-01T00:00:00Z',
  (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
)

export const TokenBody = closed('a token', { name: TokenName, role: TokenRole }, { id: Id, expiresAt: nullable(ExpiresAt) })
/** `expiresAt`: RFC 3339 in UTC; null, or left out: it holds until it is revoked. */
export type TokenBody = t.TypeOf<typeof TokenBody>

/** All of a token but its secret. */
export interface TokenContent {
  readonly id: string | undefined
  readonly name: string
  readonly role: TokenRole
  readonly expiresAt: string | null
}

/** `now`: one that has expired already is refused. */
export const decodeTokenBody = (input: unknown, now: string): E.Either<ReadonlyArray<Problem>, TokenContent> => {
  const decoded = decodeWith(TokenBody, input)
  if (E.isLeft(decoded)) return decoded
  const { id, name, role, expiresAt } = decoded.right
  const until = expiresAt == null ? null : new Date(expiresAt).toISOString()
  if (until !== null && until <= now) return E.left([{ path: 'expiresAt', message: `expected an instant to come, got ${until}` }])
  return E.right({ id, name, role, expiresAt: until })
}
