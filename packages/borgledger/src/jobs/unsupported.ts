/**
 * What can be asked for and recorded, but has no runner yet: refused by name, rather than accepted and not done.
 */
import type { Problem, Work } from '@borgledger/domain'

export const unsupported = (work: Work): ReadonlyArray<Problem> => {
  if (work.type !== 'backup') return [{ path: 'type', message: `expected backup: this version runs no job of type ${work.type} yet` }]
  const fields = (['scripts', 'prune', 'compact'] as const).filter((field) => work.spec[field] !== undefined)
  return fields.map((path) => ({ path, message: 'expected nothing: this version runs no such step of a backup yet' }))
}
