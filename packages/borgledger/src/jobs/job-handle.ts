/** One job, to follow and to stop. */
import type { Job } from '@borgledger/domain'
import type { Caller } from '../caller.js'
import type { Result } from '../result.js'

/** The record of a job that has ended. */
export type EndedJob = Job & { readonly state: 'completed' | 'failed' | 'cancelled'; readonly finishedAt: string }

export interface JobHandle {
  readonly id: string
  /** The record now. Codes: `job-not-found`, `entry-deleted`. */
  readonly record: () => Promise<Result<Job>>
  /**
   * The record now and at each change, at most four a second; ends after the terminal one. A slow reader gets fewer, never old ones. Ends at
   * once for a job that is unknown, and when `signal` is aborted.
   */
  readonly updates: (options?: { readonly signal?: AbortSignal }) => AsyncIterable<Job>
  /** The record once the job has ended. Rejects when the job is unknown or its entry is deleted. */
  readonly finished: () => Promise<EndedJob>
  /** Asked is not cancelled: the answer is the record after the asking. Codes: `already-finished`, `interrupting-is-unsafe`, … */
  readonly cancel: (options: Caller & { readonly reason: string; readonly force?: boolean }) => Promise<Result<Job>>
  /**
   * Says how an unattended job ended, which nobody could see; its repository is free again. Codes: `not-unattended`, `process-alive` as long
   * as its process is seen.
   */
  readonly resolve: (options: Caller & { readonly state: 'failed' | 'cancelled'; readonly reason: string }) => Promise<Result<Job>>
  /** Deletes the entry of a job that does not run. The log of events keeps that there was one. */
  readonly deleteEntry: (caller: Caller) => Promise<Result<void>>
}
