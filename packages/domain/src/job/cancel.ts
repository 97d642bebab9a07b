/**
 * Asking a job to stop. Asked is not cancelled: a job with a process ends when that is seen gone, one without (it waits to start, or
 * between two attempts) at once.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobEvent } from './events.js'
import { isTerminal } from './job-type.js'
import type { JobState } from './state.js'
import { isInterruptingUnsafe } from './stop.js'

/** Left: `AlreadyFinished`; `InterruptingIsUnsafe` for a running job that only `force` may stop. Right of nothing: it was asked before. */
export const cancelJob = (command: JobCommandOf<'CancelJob'>, job: JobState): E.Either<Refusal, ReadonlyArray<JobEvent>> => {
  const { jobId, reason, force } = command
  if (isTerminal(job.status)) return E.left({ tag: 'AlreadyFinished', jobId, status: job.status })
  const running = job.status === 'running'
  if (running && isInterruptingUnsafe(job.work.type) && !force) return E.left({ tag: 'InterruptingIsUnsafe', jobId })
  if (job.cancelRequested) return E.right([])
  const asked: JobEvent = { type: 'CancelRequested', jobId, reason, force }
  if (job.run !== null) return E.right([asked])
  const rule = job.attempts === 0 ? 'cancelled-before-start' : 'cancelled-between-attempts'
  return E.right([asked, endJob(job, { tag: 'Cancelled', rule, warnings: [], effect: 'none' }, null)])
}
