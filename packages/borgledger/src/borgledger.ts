/** The ledger as a Node program embeds it: promises, async iterables and result values; RxJS for those who want the stream of events. */
import type { ArchiveList, Delivery, Job, NotificationTarget, Repository, Settings } from '@borgledger/domain'
import type { DeliveriesQuery, JobsQuery, LockBroken, OpenLog, Page } from '@borgledger/engine'
import type { Observable } from 'rxjs'
import type { Audit } from './audit/index.js'
import type { Caller } from './caller.js'
import type { Figures } from './figures.js'
import type { Health } from './health.js'
import type { EventRecord, EventsQuery } from './history/index.js'
import type { JobHandle } from './jobs/index.js'
import type { TargetBody, TargetPatch } from './notifications/index.js'
import type { RepositoryBody, RepositoryPatch } from './repositories/index.js'
import type { Result } from './result.js'
import type { Schedule, ScheduleBody, SchedulePatch, Schedules } from './schedules/index.js'
import type { Script, ScriptBody, ScriptPatch } from './scripts/index.js'
import type { CreatedToken, Token, TokenBody, Tokens } from './tokens/index.js'

/** `{ type, repositoryId, onBusy?, ...spec }`. It is decoded: a wrong field is refused by name. */
export type JobBody = {
  readonly type: string
  readonly repositoryId?: string
  readonly onBusy?: 'queue' | 'refuse'
  readonly [field: string]: unknown
}

/** What asks the history stands in `Audit`. */
export interface Borgledger extends Audit {
  readonly addRepository: (body: RepositoryBody, caller: Caller) => Promise<Result<Repository>>
  readonly changeRepository: (repositoryId: string, patch: RepositoryPatch, caller: Caller) => Promise<Result<Repository>>
  readonly removeRepository: (repositoryId: string, caller: Caller) => Promise<Result<void>>
  readonly repository: (repositoryId: string) => Promise<Result<Repository>>
  readonly repositories: () => Promise<ReadonlyArray<Repository>>
  /** A script that backups may name. It runs with the rights of this process. Codes: `invalid-body`, `id-taken`. */
  readonly addScript: (body: ScriptBody, caller: Caller) => Promise<Result<Script>>
  readonly changeScript: (scriptId: string, patch: ScriptPatch, caller: Caller) => Promise<Result<Script>>
  /** Codes: `script-not-found`; `script-in-use` with the jobs that are not over and name it. */
  readonly removeScript: (scriptId: string, caller: Caller) => Promise<Result<void>>
  readonly script: (scriptId: string) => Promise<Result<Script>>
  readonly scripts: () => Promise<ReadonlyArray<Script>>
  /** The archives as they were recorded last: by a list, or by the jobs since. Borg is not asked, so looking disturbs nobody. */
  readonly archives: (repositoryId: string) => Promise<Result<ArchiveList>>
  /** Lists them anew. Codes: `repository-busy` while a job needs the repository alone, and what kept borg from listing. */
  readonly refreshArchives: (repositoryId: string, caller: Caller) => Promise<Result<ArchiveList>>
  /**
   * Breaks a lock that somebody left, after a look at who holds it; whether that one is gone is for the caller to know. Codes:
   * `repository-busy` as long as a job of ours is active on it.
   */
  readonly breakLock: (repositoryId: string, body: { readonly reason: string }, caller: Caller) => Promise<Result<LockBroken>>
  /** When it is due, and which job it makes then. */
  readonly addSchedule: (body: ScheduleBody, caller: Caller) => Promise<Result<Schedule>>
  readonly changeSchedule: (scheduleId: string, patch: SchedulePatch, caller: Caller) => Promise<Result<Schedule>>
  /** Jobs that it made stay. */
  readonly removeSchedule: (scheduleId: string, caller: Caller) => Promise<Result<void>>
  readonly schedule: (scheduleId: string) => Promise<Result<Schedule>>
  readonly schedules: () => Promise<ReadonlyArray<Schedule>>
  /** Makes the schedule's job now, by hand. */
  readonly runSchedule: (scheduleId: string, caller: Caller) => Promise<Result<JobHandle>>
  /** Its next instants. */
  readonly preview: (scheduleId: string, count: number) => Promise<Result<ReadonlyArray<string>>>
  /** What became of its due instants, newest first. */
  readonly ticks: Schedules['ticks']
  /** Codes of refusals: `invalid-body`, `repository-not-found`, and with `onBusy: 'refuse'` also `repository-busy` and `limit-reached`. */
  readonly start: (body: JobBody, caller: Caller) => Promise<Result<JobHandle>>
  readonly job: (jobId: string) => JobHandle
  /** Newest first. */
  readonly jobs: (query?: Partial<JobsQuery>) => Promise<Result<Page<Job>>>
  readonly log: JobLogs
  readonly settings: () => Settings
  readonly changeSettings: (patch: Partial<Settings>, caller: Caller) => Promise<Result<Settings>>
  /** Codes of refusals: `invalid-body`, `id-taken`. */
  readonly addNotificationTarget: (body: TargetBody, caller: Caller) => Promise<Result<NotificationTarget>>
  /** What waits for the target is attempted at once. Codes: `invalid-body`, `notification-target-not-found`. */
  readonly changeNotificationTarget: (targetId: string, patch: TargetPatch, caller: Caller) => Promise<Result<NotificationTarget>>
  /** What waits for it is dropped. */
  readonly removeNotificationTarget: (targetId: string, caller: Caller) => Promise<Result<void>>
  readonly notificationTarget: (targetId: string) => Promise<Result<NotificationTarget>>
  readonly notificationTargets: () => Promise<ReadonlyArray<NotificationTarget>>
  /** Queues a test; its delivery says how it went. */
  readonly testNotificationTarget: (targetId: string, caller: Caller) => Promise<Result<Delivery>>
  /** Newest first. */
  readonly deliveries: (query?: Partial<DeliveriesQuery>) => Promise<Result<Page<Delivery>>>
  /** For doors of one's own: the ledger keeps who there is, and the door lets them in. Codes: `invalid-body`, `id-taken`. */
  readonly createToken: (body: TokenBody, caller: Caller) => Promise<Result<CreatedToken>>
  /** Code: `token-not-found`. */
  readonly revokeToken: (tokenId: string, caller: Caller) => Promise<Result<void>>
  readonly token: (tokenId: string) => Promise<Result<Token>>
  readonly tokens: () => Promise<ReadonlyArray<Token>>
  readonly tokenBySecret: Tokens['bySecret']
  /** Keeps a secret, encrypted, under a name that repositories and notification targets refer to. Needs `secretKeyFile`. */
  readonly putSecret: (name: string, value: string) => Promise<Result<void>>
  readonly removeSecret: (name: string) => Promise<Result<void>>
  readonly events: (query?: EventsQuery) => Promise<ReadonlyArray<EventRecord>>
  /** Every event from now on, once it is recorded. */
  readonly events$: Observable<EventRecord>
  /** Every event after a position, then live. */
  readonly eventsAfter: (position: number) => Observable<EventRecord>
  readonly health: () => Health
  /** The ledger in numbers, for those who watch it. */
  readonly figures: () => Promise<Figures>
  /** Where the log stands. */
  readonly position: () => number
  /** Makes the read models anew from the log. */
  readonly rebuild: (onProgress?: (position: number) => void) => Promise<void>
  /** Tells those who find the data directory owned where this owner can be reached. */
  readonly announce: (address: { readonly url: string; readonly key: string }) => Promise<void>
  /**
   * Starts nothing more, and lets the data directory go once what runs has ended, was stopped, or is left to the next owner, as the setting
   * `shutdown` says. Waits `drainMs` at most, by default for ever; what runs on then is found at the next start. Twice is fine.
   */
  readonly close: (options?: { readonly drainMs?: number }) => Promise<void>
}

/** The logs of jobs. */
export interface JobLogs {
  /** In bytes; null when there is none. */
  readonly size: (jobId: string) => Promise<number | null>
  /** To be closed by whoever opened it; whole for them, also once it is removed. Null when there is none. */
  readonly open: (jobId: string) => Promise<OpenLog | null>
}
