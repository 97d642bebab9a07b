/** The loop of the ledger and the ports of its adapters. */

export type { StopRung } from '@borgledger/domain'
export {
  Alternative,
  agenda,
  type DecisionFault,
  type Difference,
  type Differences,
  type Divergence,
  explainInstant,
  explainJob,
  explainRepository,
  exportJob,
  exportLog,
  headOf,
  importedCommits,
  instantAt,
  jobAsOf,
  jobsAsOf,
  type PastParts,
  type PastSchedule,
  type PastState,
  positionAt,
  type RepositoryExplained,
  repositoriesAsOf,
  repositoryAsOf,
  scheduleAsOf,
  schedulesAsOf,
  settingsAsOf,
  stateAsOf,
  type Verification,
  type Verified,
  type VerifyParts,
  verifyLedger,
  type WhatIf,
  whatIf,
} from './audit/index.js'
export type { Calls, LockBroken } from './call/calls.js'
export type { Met } from './call/meet.js'
export { type Engine, type EngineParts, startEngine } from './engine.js'
export { decodePage } from './feed/decode.js'
export type { RunnerTrouble } from './owner/runner-trouble.js'
export type { LiveProgress } from './perform/live-progress.js'
export { type Clock, systemClock } from './ports/clock.js'
export { type Ids, systemIds } from './ports/ids.js'
export type { JobLogs, LogSlice, OpenLog } from './ports/job-logs.js'
export type { Notifier } from './ports/notifier.js'
export type {
  Comparison,
  DeliveriesQuery,
  EndedQuery,
  JobEntry,
  JobsQuery,
  KeptLog,
  LastEnded,
  Page,
  PastJob,
  PastTick,
  ProjectionFailed,
  ReadModels,
  TableFault,
  TicksQuery,
} from './ports/read-models.js'
export type { Readiness, RepositoryIdentity, Runner, RunnerProblem, RunReport, RunRequest } from './ports/runner.js'
export type { Snapshot, Snapshots } from './ports/snapshots.js'
export type { Tally } from './ports/tally.js'
export type { Projector, ProjectorState } from './project/projector.js'
export { type Scheduler, type SchedulerDeps, startScheduler } from './schedule/index.js'
export { type Plan, plan, type Stamp } from './submit/plan.js'
export type { Submission, SubmitError, Submitted } from './submit/submission.js'
export { createSubmitter, type Submitter } from './submit/submitter.js'
