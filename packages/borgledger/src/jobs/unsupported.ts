/**
 * What can be asked for and recorded, but is not done yet: refused by name, rather than accepted and left out.
 */
import type { Problem, Work } from '@borgledger/domain'

const steps = ['scripts', 'prune', 'compact'] as const

export const unsupported = (work: Work): ReadonlyArray<Problem> => {
  if (work.type !== 'backup') return []
  const { spec } = work
  const asked = steps.filter((step) => spec[step] !== undefined)
  return asked.map((path) => ({ path, message: 'expected nothing: this version runs no such step of a backup yet' }))
}
