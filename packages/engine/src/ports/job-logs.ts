/**
 * The job logs port: one text file a job, written by the runner, read by people while it grows.
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

export interface JobLogs {
  /** Size in bytes; null when there is no log. */
  readonly size: (jobId: string) => Task<number | null>
  /** At most `lengthMax` bytes from `start`; null when there is no log. */
  readonly read: (jobId: string, start: number, lengthMax: number) => Task<LogSlice | null>
  /** The jobs that have a log. */
  readonly jobIds: Task<ReadonlyArray<string>>
  /** True when there was one. Left: why it cannot be removed. */
  readonly remove: (jobId: string) => TaskEither<{ readonly message: string }, boolean>
  /** Where the last `lines` lines begin, as a byte offset. */
  readonly tailStart: (jobId: string, lines: number) => Task<number>
}
