/** Jobs: what borg is asked to do, and what became of it. */
export { archiveCommentOf, isUnfinished, makerIn } from './archive-name.js'
export { faultOf } from './borg-faults.js'
export { JobCommand, OnBusy } from './commands.js'
export { decideJob } from './decide.js'
export { dispatch, limitOf, overtakenMax } from './dispatch.js'
export { Effect, JobError, JobErrorCode } from './error.js'
export {
  Claim,
  JobEvent,
  type JobEventOf,
  jobEvents,
  RemovalReason,
  RequestTrigger,
  Trigger,
  Verdict,
  WaitingReason,
} from './events.js'
export { runWorkOf } from './flow/run-work.js'
export { stepsOf } from './flow/steps.js'
export { ClaimMode, claimOf, isTerminal, JobStatus, JobType, SlotClass, slotOf } from './job-type.js'
export { isLogTooOld } from './log-removal.js'
export type { LogsDue } from './logs-due.js'
export { Progress } from './progress.js'
export { heldBackAtOnce, requestJob, requestProblems } from './request.js'
export { unattendedOf } from './resolve.js'
export { lockWaitMsMax } from './retry.js'
export {
  ArchiveMade,
  BorgError,
  type EvidenceOf,
  Exit,
  LockOutcome,
  Preflight,
  ProcessIdentity,
  RunEvidence,
  type RunKind,
  RunTraces,
  RunWork,
  SignalRung,
  Warning,
  type WorkOf,
} from './run/index.js'
export { BackupSpec, specOf, Work } from './spec.js'
export { evolveJob, type JobState, type RunState } from './state.js'
export { isToStop, type StopRung, stopLadderOf } from './stop.js'
export { verdictVersion } from './verdict/index.js'
