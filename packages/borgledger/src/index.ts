/** Borgledger: an event-sourced job ledger for BorgBackup, to embed in a Node program. */

export type { SshOptions } from '@borgledger/borg-runner'
export type {
  Archive,
  ArchiveList,
  Delivery,
  Explained,
  Job,
  JobRef,
  JobStep,
  MaintenanceState,
  NotificationMessage,
  NotificationTarget,
  Problem,
  Progress,
  Repository,
  SecretRef,
  Settings,
  Tick,
} from '@borgledger/domain'
/** The codecs by which everything sent is decoded, for doors of one's own. */
export { closed, decodeWith, Id, isTerminal, JobStatus, JobType, TokenRole } from '@borgledger/domain'
export type {
  Alternative,
  Clock,
  DeliveriesQuery,
  Differences,
  Divergence,
  Ids,
  JobsQuery,
  LockBroken,
  LogSlice,
  Notifier,
  OpenLog,
  Page,
  PastState,
  RepositoryExplained,
  Runner,
  Verification,
  WhatIf,
} from '@borgledger/engine'
export type { EventStore } from '@borgledger/eventstore'
/** By the type number of statfs(2), the name of a file system whose locks cannot be relied upon; null for any other. */
export { networkFileSystem } from 'eventstore-adapter-sqlite'
export { type HeadCheck, importLog, type LogLook, lookAtLog, type PastLedger, SignedHead, verifyReadOnly } from './audit/index.js'
export { bodies } from './bodies.js'
export type { Borgledger, JobBody, JobLogs } from './borgledger.js'
export type { Caller } from './caller.js'
export { type BorgledgerOptions, createBorgledger } from './create-borgledger.js'
export { layoutOf, type OwnerIdentity, ownerOf } from './data-dir/index.js'
export type { Figures } from './figures.js'
export type { Health } from './health.js'
export type { EventRecord, EventsQuery } from './history/index.js'
export type { EndedJob, JobHandle } from './jobs/index.js'
export type { TargetBody, TargetPatch } from './notifications/index.js'
export type { RepositoryBody, RepositoryPatch } from './repositories/index.js'
export type { LedgerError, Result } from './result.js'
export type { Schedule, ScheduleBody, SchedulePatch } from './schedules/index.js'
export type { Script, ScriptBody, ScriptPatch } from './scripts/index.js'
export { StartError } from './start-error.js'
export type { CreatedToken, Token, TokenBody } from './tokens/index.js'
