/** Idempotency keys whose first request is still being answered. */
import type { Caller } from './caller.js'
import { failure, type Result } from './result.js'

export interface KeysInUse {
  /** Refuses with `idempotency-key-in-use` while another call under the caller's key is under way. */
  readonly hold: <A>(caller: Caller, act: () => Promise<Result<A>>) => Promise<Result<A>>
}

export const keysInUse = (): KeysInUse => {
  const held = new Set<string>()
  return {
    hold: async ({ idempotencyKey: key }, act) => {
      if (key === undefined) return act()
      if (held.has(key))
        return failure({ code: 'idempotency-key-in-use', message: 'the first request under this key is still being answered' })
      held.add(key)
      try {
        return await act()
      } finally {
        held.delete(key)
      }
    },
  }
}
