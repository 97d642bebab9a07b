/** Finds out who asks by their bearer token. Closed by default: no token, nobody. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Borgledger, Token } from 'borgledger'
import type { Principal } from './principal.js'

export interface Credential extends Principal {
  readonly token: string
}

/** Null when the header names no token that is known. */
export type Authenticate = (authorization: string | undefined) => Principal | null

/**
 * Tokens are compared as hashes and in constant time, and every one of them: how long it takes tells nothing. `bySecret` is asked about those that
 * are none of the credentials: the tokens of the ledger, which come and go.
 */
export const authenticator = (credentials: ReadonlyArray<Credential>, bySecret: Borgledger['tokenBySecret']): Authenticate => {
  const known = credentials.map(({ token, actor, role }) => ({ hash: hashOf(token), principal: { actor, role } }))
  return (authorization) => {
    const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return null
    const hash = hashOf(token)
    return known.filter((one) => timingSafeEqual(one.hash, hash))[0]?.principal ?? principalOf(bySecret(token))
  }
}

/** The log knows them by their name. */
const principalOf = (token: Token | null): Principal | null => token && { actor: `token:${token.name}`, role: token.role }

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
