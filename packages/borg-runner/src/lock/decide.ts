/**
 * May a lock be broken that an interrupted run of ours may have left? Only when every holder is one of ours and proven gone.
 *
 * Pure. Fails closed: whatever cannot be told counts as somebody else's.
 */
import type { Holder } from './holders.js'

/** `alive`: it is there and may be a borg of ours; `unknown`: it cannot be seen from here. */
export type HolderSight = 'alive' | 'gone' | 'unknown'

export interface SeenHolder extends Holder {
  readonly sight: HolderSight
}

export type LockDecision = { readonly tag: 'Leave' } | { readonly tag: 'Break' } | { readonly tag: 'Refuse'; readonly holder: string }

/** `hostId`: borg's host id of this installation. */
export const decideLock = (hostId: string, holders: ReadonlyArray<SeenHolder>): LockDecision => {
  if (holders.length === 0) return { tag: 'Leave' }
  const other = holders.find(({ process, sight }) => process?.hostId !== hostId || sight !== 'gone')
  return other === undefined ? { tag: 'Break' } : { tag: 'Refuse', holder: other.name }
}
