/** What can happen to a token. Its secret is nowhere; `expiresAt` null: it holds until it is revoked. */
import * as t from 'io-ts'
import { Id, Instant, nullable } from '../codec/index.js'
import { SecretHash, TokenName, TokenRole } from './token.js'

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), tokenId: Id, ...props }), name)

const whole = { name: TokenName, role: TokenRole, secretHash: SecretHash, expiresAt: nullable(Instant) }

export const tokenEvents = [event('TokenCreated', whole), event('TokenRevoked', {})] as const

export const TokenEvent = t.union([...tokenEvents])
export type TokenEvent = t.TypeOf<typeof TokenEvent>
