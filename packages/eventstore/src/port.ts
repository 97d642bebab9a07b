/**
 * The event store port: what every adapter promises. It knows nothing of jobs.
 *
 * One log, one gapless sequence of positions; events carry tags, an append may be conditional on what was read.
 * An adapter is right when it passes `@borgledger/eventstore/conformance`.
 */
import type { IO } from 'fp-ts/lib/IO.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Observable } from 'rxjs'
import type { AppendError, RestoreError, StoreError } from './errors.js'
import type { Position } from './position.js'

export type { Position } from './position.js'

/** `noun:id`, such as `repository:laptop`. The noun is lower-case letters, digits and dashes; the id is anything but empty. At most 256 characters. */
export type Tag = `${string}:${string}`

/** An instant as RFC 3339 in UTC with milliseconds: `2026-11-03T02:13:00.000Z`. */
export type Instant = string

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Hash = string

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Items are alternatives. Within an item all tags must be there and any of the types; an item with neither matches everything. */
export type EventQuery = 'all' | ReadonlyArray<QueryItem>
export interface QueryItem {
  readonly types?: ReadonlyArray<string>
  readonly tags?: ReadonlyArray<Tag>
}

/** `after` is exclusive, `upTo` inclusive; `pageSize` is a number of events (default 1,000). */
export interface PositionRange {
  readonly after?: Position
  readonly upTo?: Position
  readonly pageSize?: number
}

export interface NewEvent {
  /** Unique in the store. */
  readonly id: string
  readonly type: string
  /** The version of the shape of `data`; 1 for a type's first shape. */
  readonly version: number
  readonly tags: ReadonlyArray<Tag>
  readonly data: JsonObject
}

/** What goes down as one: all of its events or none. */
export interface Commit {
  /** The idempotency key of the write: an ambiguous failure is retried under the same id and answers with the original positions. */
  readonly commitId: string
  readonly at: Instant
  /** Who caused it, such as `user:anna`. */
  readonly actor: string
  readonly correlationId: string
  /** The event or command that led to this one, or null when it came from outside. */
  readonly causationId: string | null
  /** The command that was decided, without secrets. */
  readonly command: JsonObject
  readonly events: ReadonlyNonEmptyArray<NewEvent>
  readonly condition?: AppendCondition
  /** On a full disk it may go where others are answered `Full`: into what the store keeps in reserve, should it keep any. Not stored. */
  readonly mayUseReserve?: boolean
}

/**
 * The append fails when an event after `after` matches the query; and when the log has not come as far as `after`, for then it was decided
 * behind a commit that is not there.
 */
export interface AppendCondition {
  readonly failIfMatches: EventQuery
  readonly after: Position
}

export interface Appended {
  readonly first: Position
  readonly last: Position
  /** The hash of the commit, which covers everything before it. */
  readonly hash: Hash
}

export interface RecordedEvent extends NewEvent {
  readonly position: Position
  readonly at: Instant
  readonly actor: string
  readonly commitId: string
  readonly correlationId: string
  readonly causationId: string | null
}

/** A commit as it is stored: `command` and `data` are the stored JSON texts, over which the hash was made. */
export interface RecordedCommit {
  readonly commitId: string
  readonly first: Position
  readonly last: Position
  readonly at: Instant
  readonly actor: string
  readonly correlationId: string
  readonly causationId: string | null
  readonly command: string
  readonly events: ReadonlyNonEmptyArray<StoredEvent>
  readonly hash: Hash
}

export interface StoredEvent {
  readonly position: Position
  readonly id: string
  readonly type: string
  readonly version: number
  /** The tags as one JSON array. */
  readonly tags: string
  readonly data: string
}

export interface Head {
  readonly position: Position
  /** The hash of the newest commit; `genesisHash` (64 zeros) when the log is empty. */
  readonly hash: Hash
}

/**
 * Space that a store keeps for commits that may use it, in bytes. `InUse`: some of it was given back to a full disk; until it can be made
 * again, all other commits are answered `Full`. `Missing`: it could not be made so far.
 */
export type Reserve =
  | { readonly tag: 'None' }
  | { readonly tag: 'Whole'; readonly bytes: number }
  | { readonly tag: 'InUse'; readonly bytes: number; readonly left: number }
  | { readonly tag: 'Missing'; readonly bytes: number; readonly reason: string }

export interface EventStore {
  /** Durable and atomic. The same commit id with the same content answers as the first time; with other content it is refused. */
  readonly append: (commit: Commit) => TaskEither<AppendError, Appended>
  /** Ascending by position, in pages (the unit of back-pressure and checkpoints). A row that cannot be read throws `CorruptLog` with its position. */
  readonly read: (query: EventQuery, range?: PositionRange) => AsyncIterable<ReadonlyArray<RecordedEvent>>
  /** Catches up from `after`, then goes on live: in order, no gap, no repeat. Completes when the store is closed. */
  readonly follow: (query: EventQuery, after: Position) => Observable<RecordedEvent>
  /** Whole commits that end after `after` and begin at or before `upTo`, ascending, in pages. */
  readonly commits: (range?: PositionRange) => AsyncIterable<ReadonlyArray<RecordedCommit>>
  /** Fills an empty store with commits that another store gave out; positions and the hash chain are verified on the way. All or nothing. */
  readonly restore: (commits: AsyncIterable<ReadonlyArray<RecordedCommit>>) => TaskEither<RestoreError, Position>
  readonly head: TaskEither<StoreError, Head>
  readonly reserve: IO<Reserve>
  /** Waits for appends under way, ends every follower. Closing twice is fine. */
  readonly close: Task<void>
}
