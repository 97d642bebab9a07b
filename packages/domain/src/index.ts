/** The rules of the ledger: pure functions over events. No I/O, no clock, no randomness. */

export { faultOf } from './job/borg-faults.js'
export type { JobErrorCode } from './job/error.js'
export type { SignalRung } from './job/events.js'
export {
  type ArchiveMade,
  BackupEvidence,
  type BorgError,
  type Exit,
  Preflight,
  ProcessIdentity,
  RunTraces,
  type Warning,
} from './job/evidence.js'
export { Progress } from './job/progress.js'
export { BackupSpec } from './job/spec.js'
export { RepositoryAccess, SecretRef } from './repository/events.js'
export { isRemote } from './repository/location.js'
