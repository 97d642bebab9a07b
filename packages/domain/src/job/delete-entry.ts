/**
 * Deleting a job's entry: history's row goes and its log, the events stay. A pending job is cancelled with it, in one commit, so that it
 * never starts.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import { endJob } from './end-job.js'
import type { JobEvent } from './events.js'
import { removeLog } from './log-removal.js'
import type { JobState } from './state.js'

/** Left: `JobRunning`. */
export const deleteJobEntry = (job: JobState): E.Either<Refusal, ReadonlyArray<JobEvent>> => {
  const { jobId } = job
  const deleted: JobEvent = { type: 'JobEntryDeleted', jobId }
  if (job.status === 'running') return E.left({ tag: 'JobRunning', jobId })
  if (job.status !== 'pending') return E.right([deleted, ...removeLog(job, 'entry-deleted')])
  return E.right([endJob(job, { tag: 'Cancelled', rule: 'entry-deleted', warnings: [], effect: 'none' }), deleted])
}
