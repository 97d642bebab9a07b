/** What can be asked about tokens. A token never changes: one with other rights is another token. */
import * as t from 'io-ts'
import { Id, Instant, nullable } from '../codec/index.js'
import { SecretHash, TokenName, TokenRole } from './token.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), tokenId: Id, ...props }), name)

const whole = { name: TokenName, role: TokenRole, secretHash: SecretHash, expiresAt: nullable(Instant) }

export const tokenCommands = [command('CreateToken', whole), command('RevokeToken', {})] as const

export const TokenCommand = t.union([...tokenCommands])
export type TokenCommand = t.TypeOf<typeof TokenCommand>
