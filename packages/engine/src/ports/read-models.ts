/**
 * The read models port: tables made from the log, disposable. Deleting them loses nothing; they are folded again.
 */
import type {
  ArchiveList,
  Delivery,
  DomainEvent,
  Job,
  JobStatus,
  JobType,
  NotificationTarget,
  Recorded,
  Repository,
  Tick,
} from '@borgledger/domain'
import type { Instant, Position } from '@borgledger/eventstore'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Snapshots } from './snapshots.js'
import type { Tally } from './tally.js'

/** Every field narrows; `from` is inclusive and `to` exclusive, both on the time of creation. */
export interface JobsQuery {
  readonly type?: JobType
  readonly state?: JobStatus
  readonly repositoryId?: string
  readonly scheduleId?: string
  readonly from?: string
  readonly to?: string
  /** 1 to 200. */
  readonly limit: number
  /** What `nextCursor` of the page before said. */
  readonly cursor?: string
}

/** What became of a schedule's due instants. */
export interface TicksQuery {
  readonly scheduleId: string
  /** 1 to 200. */
  readonly limit: number
  readonly cursor?: string
}

export interface DeliveriesQuery {
  readonly targetId?: string
  /** 1 to 200. */
  readonly limit: number
  readonly cursor?: string
}

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Null on the last page. Opaque. */
  readonly nextCursor: string | null
}

/** A deleted entry is told apart from a job that never was. */
export type JobEntry =
  | { readonly tag: 'Found'; readonly job: Job }
  | { readonly tag: 'Deleted'; readonly at: string }
  | { readonly tag: 'Unknown' }

/** The log of a job that is over: the file is there, as far as the events say. */
export interface KeptLog {
  readonly jobId: string
  readonly finishedAt: Instant
  readonly bytes: number
}

/**
 * A page that did not get into the tables; nothing of it was kept. `passing`: the tables cannot be written just now, for want of space or of
 * a lock, and nothing is wrong with the events. Otherwise a projection threw on the event at `position`.
 */
export interface ProjectionFailed {
  readonly tag: 'ProjectionFailed'
  readonly position: Position
  readonly message: string
  readonly passing: boolean
}

/** `record`: null when something happened since that shows in it. */
export interface PastJob {
  readonly jobId: string
  readonly record: Job | null
}

/** The newest due instant of a schedule that had been heard of by a position; `record`: null when something happened to it since. */
export interface PastTick {
  readonly dueAt: Instant
  /** Position of the first event about it. */
  readonly first: Position
  readonly record: Tick | null
}

/** The last job of a type on a repository that ended after `after` and not after `upTo`. */
export interface EndedQuery {
  readonly repositoryId: string
  readonly type: JobType
  readonly after: Position
  readonly upTo: Position
}

export interface LastEnded {
  readonly jobId: string
  readonly finished: Position
  /** Where its entry was deleted, should it be by now. */
  readonly deleted: Position | null
}

/** The tables hold at `row` of `table` what the log does not lead to, or lack it. */
export interface TableFault {
  readonly table: string
  /** What the row is known by, such as a job's id. */
  readonly row: string
  readonly what: string
}

/** The tables as they are at one moment, beside a fresh fold of the log in tables of its own. */
export interface Comparison {
  /** Up to here the tables hold the log, and up to here pages are folded; what comes after is passed over. */
  readonly position: Position
  /** Folds a page; all from the beginning, in order. */
  readonly take: (page: ReadonlyArray<Recorded<DomainEvent>>) => Promise<void>
  /** The first row that differs; null when there is none. */
  readonly finish: () => Promise<TableFault | null>
  readonly close: () => Promise<void>
}

export interface ReadModels {
  /** Beside the tables, since it is as disposable as they are. */
  readonly snapshots: Snapshots
  /** Position of the last event that the tables hold. */
  readonly position: Task<Position>
  /** Folds a page into the tables; rows and checkpoint move in one transaction. A page that is there already is passed over. */
  readonly apply: (page: ReadonlyArray<Recorded<DomainEvent>>) => TaskEither<ProjectionFailed, void>
  /** Newest first. Deleted entries are left out. Left: the cursor is none of ours. */
  readonly jobs: (query: JobsQuery) => TaskEither<{ readonly tag: 'BadCursor' }, Page<Job>>
  readonly job: (jobId: string) => Task<JobEntry>
  /** Those of entries that are there: the oldest end first, `limit` at most, after the one given. */
  readonly keptLogs: (after: KeptLog | null, limit: number) => Task<ReadonlyArray<KeptLog>>
  /** The sum of them all. */
  readonly keptLogBytes: Task<number>
  readonly tally: Task<Tally>
  /** By id, ascending. */
  readonly repositories: Task<ReadonlyArray<Repository>>
  readonly repository: (repositoryId: string) => Task<Repository | null>
  /** Nothing, never listed, for a repository that is unknown. */
  readonly archives: (repositoryId: string) => Task<ArchiveList>
  /** Newest first. Left: the cursor is none of ours. */
  readonly ticks: (query: TicksQuery) => TaskEither<{ readonly tag: 'BadCursor' }, Page<Tick>>
  /** The list as it was at a position that the tables have reached; `state` is the state at that time. */
  readonly jobsAsOf: (position: Position, query: JobsQuery) => TaskEither<{ readonly tag: 'BadCursor' }, Page<PastJob>>
  /** The ids of the jobs that were pending or running there, in the order in which they were asked for. */
  readonly unfinishedAsOf: (position: Position) => Task<ReadonlyArray<string>>
  readonly lastEnded: (query: EndedQuery) => Task<LastEnded | null>
  readonly lastTickAsOf: (position: Position, scheduleId: string) => Task<PastTick | null>
  /** Begins a comparison of the tables, as they are now, with the fold of the log. To be closed. */
  readonly compare: () => Promise<Comparison>
  /** By id, ascending. */
  readonly targets: Task<ReadonlyArray<NotificationTarget>>
  readonly target: (targetId: string) => Task<NotificationTarget | null>
  /** Newest first. Left: the cursor is none of ours. */
  readonly deliveries: (query: DeliveriesQuery) => TaskEither<{ readonly tag: 'BadCursor' }, Page<Delivery>>
  readonly delivery: (deliveryId: string) => Task<Delivery | null>
  /** Empties the tables, to be filled from the log again, and lets the kept state go. */
  readonly reset: Task<void>
  readonly close: Task<void>
}
