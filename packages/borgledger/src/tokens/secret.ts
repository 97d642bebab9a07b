/** The secret of a token: made here, shown once, and known afterwards by its hash alone. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** By which a secret that turns up somewhere is known for what it is. */
const prefix = 'blt_'

/** 256 random bits. */
export const freshSecret = (): string => `${prefix}${randomBytes(32).toString('base64url')}`

/** In hexadecimal, as it stands in the log. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Of those whose secret it is; every one is compared, in constant time, so that how long it takes tells nothing. */
export const ownerOf = <A extends { readonly secretHash: string }>(secret: string, all: Iterable<A>): A | null => {
  const hash = Buffer.from(hashOf(secret))
  return [...all].filter(({ secretHash }) => timingSafeEqual(Buffer.from(secretHash), hash))[0] ?? null
}
