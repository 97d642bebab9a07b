/**
 * Which commands a full disk does not keep out of the log: what tells of a run that is under way or over, what ends a job, and the start and
 * the end of the owner. None of them begins anything new, and there are only so many of each.
 *
 * A milestone of progress is not among them: a long run on a full disk would use up the reserve that its end needs.
 */
import type { Command } from '@borgledger/domain'

export const mayUseReserve = ({ type }: Command): boolean => {
  switch (type) {
    case 'ReportSpawned':
    case 'ReportSignal':
    case 'ReportStall':
    case 'ReportRunEnded':
    case 'CancelJob':
    case 'RecoverJob':
    case 'WatchJob':
    case 'ReviewCheck':
    case 'ResolveJob':
    case 'DetachJob':
    case 'StartOwner':
    case 'OpenDispatch':
    case 'CloseDispatch':
      return true
    default:
      return false
  }
}
