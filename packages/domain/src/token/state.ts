/** The tokens that were not revoked, as a fold of their events. One that expired is still among them. */
import type { Recorded } from '../recorded.js'
import type { TokenEvent } from './events.js'

export interface TokenState extends Omit<Extract<TokenEvent, { readonly type: 'TokenCreated' }>, 'type'> {
  readonly createdAt: string
  readonly createdBy: string
}

export type Tokens = ReadonlyMap<string, TokenState>

export const evolveTokens = (all: Tokens, { event, at, actor }: Recorded<TokenEvent>): Tokens => {
  const tokens = new Map(all)
  if (event.type === 'TokenRevoked') {
    tokens.delete(event.tokenId)
    return tokens
  }
  const { type: _, ...token } = event
  return tokens.set(event.tokenId, { ...token, createdAt: at, createdBy: actor })
}
