/**
 * What came because something had reached an age: a log too old to be kept, a check that was stale. Under another age it comes as much earlier
 * or later.
 */
import type { Command, Settings } from '@borgledger/domain'
import type { Alternative } from './alternative.js'

export interface Age {
  readonly of: 'log' | 'check'
  /** What the settings said then. */
  readonly ms: number
  /** That a process was gone is not known before somebody looked: such a thing never comes sooner. */
  readonly neverSooner: boolean
}

const dayMs = 86_400_000

/** Null when the command did not wait for an age. */
export const ageBehind = (command: Command | null, settings: Pick<Settings, 'logRetentionDays' | 'staleCheckAfterMs'>): Age | null => {
  if (command?.type === 'RemoveLog' && command.reason === 'age')
    return { of: 'log', ms: settings.logRetentionDays * dayMs, neverSooner: false }
  if (command?.type === 'ReviewCheck') return { of: 'check', ms: settings.staleCheckAfterMs, neverSooner: command.traces !== null }
  return null
}

/** How much later it comes; less than 0 when it comes sooner. */
export const laterMs = (age: Age | null, { settings = {} }: Alternative): number => {
  const days = settings.logRetentionDays
  const other = age?.of === 'check' ? settings.staleCheckAfterMs : days === undefined ? undefined : days * dayMs
  if (age === null || other === undefined) return 0
  return age.neverSooner ? Math.max(0, other - age.ms) : other - age.ms
}
