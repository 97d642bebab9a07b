/**
 * What can go wrong at the port: a closed set of tagged values, so that a caller can act on each.
 */
import type { Position } from './position.js'

/** The commit itself is malformed; nothing was written. `field` is a path such as `events[0].tags[1]`. */
export interface InvalidCommit {
  readonly tag: 'InvalidCommit'
  readonly field: string
  readonly expected: string
  readonly actual: string
}
/** An event after the condition's position matched, or the log ends before it; `head` is where it stood. Read on and decide again. */
export interface ConditionFailed {
  readonly tag: 'ConditionFailed'
  readonly head: Position
}
/** This commit id was used before for something else. */
export interface CommitIdReused {
  readonly tag: 'CommitIdReused'
  readonly commitId: string
}
/** Another process kept the log locked for the whole of `waitedMs`. Nothing was written; try later. */
export interface Busy {
  readonly tag: 'Busy'
  readonly waitedMs: number
}
/** No space on the device. Nothing was written. */
export interface Full {
  readonly tag: 'Full'
  readonly detail: string
}
export interface ReadOnly {
  readonly tag: 'ReadOnly'
  readonly detail: string
}
/** The log is damaged; `position` is the first event or commit concerned, where it is known. */
export interface Corrupt {
  readonly tag: 'Corrupt'
  readonly position: Position | null
  readonly detail: string
}
/** The write may or may not have happened: retry with the same commit id, which answers either way. */
export interface OutcomeUnknown {
  readonly tag: 'OutcomeUnknown'
  readonly commitId: string
  readonly detail: string
}
export interface Closed {
  readonly tag: 'Closed'
}
/** A restore was asked of a store that already has events. */
export interface NotEmpty {
  readonly tag: 'NotEmpty'
  readonly head: Position
}

export type StoreError = Busy | Full | ReadOnly | Corrupt | Closed
export type AppendError = StoreError | InvalidCommit | ConditionFailed | CommitIdReused | OutcomeUnknown
export type RestoreError = StoreError | NotEmpty

/** Thrown by the paged readers, which have no other way to answer. */
export class CorruptLog extends Error {
  override readonly name = 'CorruptLog'
  readonly position: Position | null
  readonly detail: string
  constructor(position: Position | null, detail: string) {
    super(position === null ? `the log is damaged: ${detail}` : `the log is damaged at position ${position}: ${detail}`)
    this.position = position
    this.detail = detail
  }
}

/** Thrown by the paged readers when the log cannot be read just now or not any more; the log itself is not at fault. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable'
  readonly error: Exclude<StoreError, Corrupt>
  constructor(error: Exclude<StoreError, Corrupt>) {
    super(`the log cannot be read: ${error.tag}`)
    this.error = error
  }
}
