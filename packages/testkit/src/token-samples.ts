/** Tokens, with defaults, and a sample of every event about them. */
import type { EventOf } from '@borgledger/domain'

/** A token `id`, of the same name. */
export const tokenCreated = (
  tokenId = 'reader',
  over: Partial<Omit<EventOf<'TokenCreated'>, 'type' | 'tokenId'>> = {},
): EventOf<'TokenCreated'> => ({
  type: 'TokenCreated',
  tokenId,
  name: tokenId,
  role: 'viewer',
  secretHash: 'a'.repeat(64),
  expiresAt: null,
  ...over,
})

type TokenEventType = 'TokenCreated' | 'TokenRevoked'

export const everyTokenEvent: { readonly [T in TokenEventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  TokenCreated: [tokenCreated(), tokenCreated('deploy', { role: 'operator', expiresAt: '2027-01-01T00:00:00.000Z' })],
  TokenRevoked: [{ type: 'TokenRevoked', tokenId: 'reader' }],
}
