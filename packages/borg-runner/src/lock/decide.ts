/**
 * May a lock be broken that an interrupted run of ours may have left? Only when every holder is one of ours and proven gone.
 *
 * Pure. Fails closed: whatever cannot be told counts as somebody else's.
 */
import type { Holder } from './holders.js'

/** `alive`: it is there, and may be the borg that took the lock; `unknown`: it cannot be seen from here. */
export type HolderSight = 'alive' | 'gone' | 'unknown'

export interface SeenHolder extends Holder {
  readonly sight: HolderSight
}

/** `holder`: the first of those whose lock is broken, or the one for whose sake it is not. */
export type LockDecision = { readonly tag: 'Leave' } | { readonly tag: 'Break' | 'Refuse'; readonly holder: string }

/** `hostId`: borg's host id of this installation. */
export const decideLock = (hostId: string, holders: ReadonlyArray<SeenHolder>): LockDecision => {
  const [first] = holders
  if (first === undefined) return { tag: 'Leave' }
  const other = holders.find(({ process, sight }) => process?.hostId !== hostId || sight !== 'gone')
  return other === undefined ? { tag: 'Break', holder: named(first) } : { tag: 'Refuse', holder: named(other) }
}

/** As a person would look for it. */
const named = ({ name, process, sight }: SeenHolder): string =>
  process === null ? name : `${process.hostId}, pid ${process.pid} (${sightWords[sight]})`

const sightWords: Readonly<Record<HolderSight, string>> = {
  alive: 'alive on this machine',
  gone: 'gone from this machine',
  unknown: 'not to be seen from here',
}
