/**
 * What can be asked for and recorded, but is not done yet: refused by name, rather than accepted and left out.
 */
import type { Problem, Work } from '@borgledger/domain'

export const unsupported = (work: Work): ReadonlyArray<Problem> =>
  work.type === 'backup' && work.spec.scripts !== undefined
    ? [{ path: 'scripts', message: 'expected nothing: this version runs no scripts around a backup yet' }]
    : []
