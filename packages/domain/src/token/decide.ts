/**
 * Token rules: no two tokens go by one id, nor by one name, so that the log says whose deeds are whose. The name of a revoked one is free again.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { TokenCommand } from './commands.js'
import type { TokenEvent } from './events.js'
import type { Tokens } from './state.js'

type Decision = E.Either<Refusal, ReadonlyArray<TokenEvent>>

/** Left: `IdTaken`, `TokenNameTaken` (create); `TokenNotFound` (revoke). */
export const decideToken = (command: TokenCommand, tokens: Tokens): Decision => {
  const { tokenId } = command
  if (command.type === 'RevokeToken') {
    return tokens.has(tokenId) ? E.right([{ type: 'TokenRevoked', tokenId }]) : E.left({ tag: 'TokenNotFound', tokenId })
  }
  if (tokens.has(tokenId)) return E.left({ tag: 'IdTaken', id: tokenId })
  const { name, role, secretHash, expiresAt } = command
  const isTaken = [...tokens.values()].some((token) => token.name === name)
  return isTaken ? E.left({ tag: 'TokenNameTaken', name }) : E.right([{ type: 'TokenCreated', tokenId, name, role, secretHash, expiresAt }])
}
