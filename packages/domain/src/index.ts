/** The rules of the ledger: pure functions over events. No I/O, no clock, no randomness. */
export {
  AbsolutePath,
  type Closed,
  Count,
  closed,
  closedFieldsOf,
  decodeWith,
  Id,
  Instant,
  nullable,
  oneOf,
  type Problem,
  problemsOf,
  someOf,
  Text,
} from './codec/index.js'
export { Command, jobOf, type KeyUse } from './command.js'
export { type Circumstances, decide } from './decide.js'
export { DomainEvent, type EventOf, type EventType, eventTypes, eventVersion, fromStored, toStored } from './event.js'
export { IdempotencyEvent, keyKeptMs } from './idempotency/index.js'
export {
  ArchiveListed,
  ArchiveMade,
  archiveCommentOf,
  BackupSpec,
  BorgError,
  Claim,
  claimOf,
  dispatch,
  Effect,
  type EvidenceOf,
  Exit,
  evolveJob,
  faultOf,
  isTerminal,
  JobCommand,
  JobError,
  JobErrorCode,
  JobEvent,
  type JobEventOf,
  type JobState,
  JobStatus,
  JobType,
  LockOutcome,
  lockWaitMsMax,
  OnBusy,
  overtakenMax,
  Preflight,
  ProcessIdentity,
  Progress,
  RequestTrigger,
  RunEvidence,
  type RunKind,
  type RunState,
  RunTraces,
  RunWork,
  runWorkOf,
  SignalRung,
  SlotClass,
  type StopRung,
  specOf,
  stepsOf,
  stopLadderOf,
  Trigger,
  unattendedOf,
  WaitingReason,
  Warning,
  Work,
  type WorkOf,
} from './job/index.js'
export { OwnerCommand, OwnerEvent } from './owner/index.js'
export { type Reaction, reactionTo } from './reactions/index.js'
export type { Recorded } from './recorded.js'
export { type Refusal, sayRefusal } from './refusal.js'
export {
  claimKeysOf,
  isRemote,
  RepositoryAccess,
  RepositoryCommand,
  RepositoryEvent,
  type RepositoryState,
  SecretRef,
} from './repository/index.js'
export { rulesVersion } from './rules-version.js'
export { defaultSettings, Settings, SettingsCommand, SettingsEvent, SettingsPatch } from './settings/index.js'
export { evolve, evolveAll, foresee, initialState, type LedgerState } from './state.js'
export { tagsOf } from './tags.js'
export { upcast } from './upcast.js'
export {
  foldEndedJob,
  foldJob,
  foldRepository,
  type Job,
  type JobLog,
  type JobRef,
  type JobStep,
  jobsShowing,
  type MaintenanceState,
  type Repository,
} from './views/index.js'
