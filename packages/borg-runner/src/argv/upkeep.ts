/** Command lines that check, prune, delete and compact. */
import type { WorkOf } from '@borgledger/domain'
import { prefix } from './prefix.js'

const talking = [...prefix, '--info', '--progress']

export const checkArgv = (location: string, { mode, verifyData, maxDurationMs, last }: WorkOf<'check'>): ReadonlyArray<string> => [
  ...talking,
  'check',
  ...(mode === 'full' ? [] : [`--${mode === 'archives' ? 'archives' : 'repository'}-only`]),
  ...(verifyData ? ['--verify-data'] : []),
  ...(maxDurationMs === null ? [] : ['--max-duration', String(Math.ceil(maxDurationMs / 1000))]),
  ...(last === null ? [] : ['--last', String(last)]),
  location,
]

/** `--info`: or borg would not tell how much it freed. */
export const compactArgv = (location: string, { threshold }: WorkOf<'compact'>): ReadonlyArray<string> => [
  ...talking,
  'compact',
  ...(threshold === null ? [] : ['--threshold', String(Math.round(threshold))]),
  location,
]

export const pruneArgv = (location: string, { kind, keep, pattern }: WorkOf<'prune' | 'prune-plan'>): ReadonlyArray<string> => [
  ...talking,
  'prune',
  ...(kind === 'prune-plan' ? ['--dry-run'] : []),
  '--list',
  '--glob-archives',
  pattern,
  ...Object.entries(keep).map(([rule, value]) => `--keep-${rule}=${value}`),
  location,
]

export const deleteArgv = (location: string, { archive }: WorkOf<'delete'>): ReadonlyArray<string> => [
  ...talking,
  'delete',
  `${location}::${archive}`,
]
