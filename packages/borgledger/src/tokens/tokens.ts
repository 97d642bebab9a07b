/** Tokens: created, shown, revoked, and told by their secret. All of a token stands in the state that decisions are made on, so no table holds it. */
import type { TokenRole, TokenState } from '@borgledger/domain'
import type { Clock, Engine, Ids, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { freshSecret, hashOf, ownerOf } from './secret.js'
import { decodeTokenBody } from './token-body.js'

export interface TokensDeps {
  readonly engine: Engine
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: KeysInUse
}

export interface Token {
  readonly id: string
  readonly name: string
  readonly role: TokenRole
  readonly createdAt: string
  /** Who created it, as an actor. */
  readonly createdBy: string
  /** Null: it holds until it is revoked. */
  readonly expiresAt: string | null
  /** Since the start of this process, which remembers it alone; null when it was not. */
  readonly lastUsedAt: string | null
}

/** `secret`: shown this once. Null where the same idempotency key made the token before: who lost the answer revokes it and creates another. */
export interface CreatedToken extends Token {
  readonly secret: string | null
}

export interface Tokens {
  /** Codes: `invalid-body`, `id-taken` (by its name too). */
  readonly create: (body: unknown, caller: Caller) => Promise<Result<CreatedToken>>
  /** From then on it opens nothing. Code: `token-not-found`. */
  readonly revoke: (tokenId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (tokenId: string) => Promise<Result<Token>>
  /** By id, ascending. */
  readonly list: () => Promise<ReadonlyArray<Token>>
  /** Whose secret it is; null when it is nobody's, and when the token has expired. Being asked counts as a use. */
  readonly bySecret: (secret: string) => Token | null
}

interface Known extends TokensDeps {
  readonly lastUsed: Map<string, string>
}

export const createTokens = (deps: TokensDeps): Tokens => {
  const known: Known = { ...deps, lastUsed: new Map() }
  return {
    create: (body, caller) => deps.keys.hold(caller, () => create(known, body, caller)),
    revoke: async (tokenId, { actor }) => {
      const submitted = await submit(deps, { command: { type: 'RevokeToken', tokenId }, actor })
      if (submitted.ok) known.lastUsed.delete(tokenId)
      return submitted.ok ? ok(undefined) : submitted
    },
    get: async (tokenId) => recordOf(known, tokenId),
    list: async () => [...deps.engine.state().tokens.values()].map(shownBy(known)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    bySecret: (secret) => bySecret(known, secret),
  }
}

const create = async (known: Known, body: unknown, caller: Caller): Promise<Result<CreatedToken>> => {
  const decoded = decodeTokenBody(body, known.clock.now())
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const { id: tokenId = `token-${known.ids.fresh()}`, ...content } = decoded.right
  const secret = freshSecret()
  const command = { type: 'CreateToken', tokenId, ...content, secretHash: hashOf(secret) } as const
  const submitted = await submit(known, { command, actor: caller.actor, ...keyUseOf(caller, 'token', body, tokenId) })
  if (!submitted.ok) return submitted
  const record = recordOf(known, submitted.value ?? tokenId)
  return record.ok ? ok({ ...record.value, secret: submitted.value === null ? secret : null }) : record
}

/** The id that the same key made before, or null. */
const submit = async ({ engine }: TokensDeps, submission: Submission): Promise<Result<string | null>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore)
}

const bySecret = (known: Known, secret: string): Token | null => {
  const token = ownerOf(secret, known.engine.state().tokens.values())
  const now = known.clock.now()
  if (token === null || (token.expiresAt !== null && token.expiresAt <= now)) return null
  known.lastUsed.set(token.tokenId, now)
  return shownBy(known)(token)
}

const recordOf = (known: Known, tokenId: string): Result<Token> => {
  const token = known.engine.state().tokens.get(tokenId)
  return token === undefined ? failure({ code: 'token-not-found', message: `there is no token ${tokenId}` }) : ok(shownBy(known)(token))
}

const shownBy =
  ({ lastUsed }: Known) =>
  ({ tokenId, secretHash: _, ...rest }: TokenState): Token => ({ id: tokenId, ...rest, lastUsedAt: lastUsed.get(tokenId) ?? null })
