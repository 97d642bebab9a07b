/**
 * The job logs port: one text file a job, written by the runner, read by people while it grows, removed by the engine.
 */
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

export interface LogSlice {
  /** Offset of the first byte in the log. */
  readonly start: number
  readonly bytes: Uint8Array
  /** Size of the log when it was read, in bytes. */
  readonly size: number
}

/** A log held by a reader: it is there for them until they close it, also once it was removed. */
export interface OpenLog {
  /** In bytes, at this moment. */
  readonly size: Task<number>
  /** At most `lengthMax` bytes from `start`. */
  readonly read: (start: number, lengthMax: number) => Task<LogSlice>
  /** Where the last `lines` lines begin, as a byte offset. */
  readonly tailStart: (lines: number) => Task<number>
  /** Whether whoever opens the log now gets this one: false once it was removed, renamed or replaced. */
  readonly isThere: Task<boolean>
  readonly close: Task<void>
}

export interface JobLogs {
  /** Size in bytes; null when there is no log. */
  readonly size: (jobId: string) => Task<number | null>
  /** Null when there is no log. */
  readonly open: (jobId: string) => Task<OpenLog | null>
  /** Right: it is gone, or there was none. Left: why it cannot be removed. */
  readonly remove: (jobId: string) => TaskEither<{ readonly message: string }, void>
}
