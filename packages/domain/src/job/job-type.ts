/**
 * The eight types of job and, for each, what it claims of its repository (behaviour.md §1 of the specification, as a table).
 */
import * as t from 'io-ts'

export const JobType = t.keyof({
  backup: null,
  restore: null,
  check: null,
  compact: null,
  prune: null,
  'archive-delete': null,
  'restore-check': null,
  'package-install': null,
})
export type JobType = t.TypeOf<typeof JobType>

export const JobStatus = t.keyof({ pending: null, running: null, completed: null, failed: null, cancelled: null })
/** `pending -> running -> completed | failed | cancelled`, and `pending -> cancelled | failed`. */
export type JobStatus = t.TypeOf<typeof JobStatus>

export const ClaimMode = t.keyof({ shared: null, exclusive: null })
/** Any number of shared claims on a repository, or one exclusive. */
export type ClaimMode = t.TypeOf<typeof ClaimMode>

export const SlotClass = t.keyof({ 'manual-backup': null, 'scheduled-backup': null, 'scheduled-check': null })
export type SlotClass = t.TypeOf<typeof SlotClass>

const claims: Readonly<Record<JobType, ClaimMode | null>> = {
  backup: 'exclusive',
  restore: 'shared',
  check: 'exclusive',
  compact: 'exclusive',
  prune: 'exclusive',
  'archive-delete': 'exclusive',
  'restore-check': 'shared',
  'package-install': null,
}

/** What a job of this type claims of its repository; null when it has none. */
export const claimOf = (type: JobType): ClaimMode | null => claims[type]

/** Which limit a job counts against; null when none. A child job counts with its parent. */
export const slotOf = (type: JobType, triggerKind: 'manual' | 'schedule' | 'parent'): SlotClass | null => {
  if (triggerKind === 'parent') return null
  if (type === 'backup') return triggerKind === 'schedule' ? 'scheduled-backup' : 'manual-backup'
  return type === 'check' && triggerKind === 'schedule' ? 'scheduled-check' : null
}

export const isTerminal = (status: JobStatus): boolean => status === 'completed' || status === 'failed' || status === 'cancelled'
