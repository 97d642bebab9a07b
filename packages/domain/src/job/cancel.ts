/**
 * Asking a job to stop. Asked is not cancelled: a running job ends when its processes are seen gone, a pending one at once.
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
  if (running) return E.right([asked])
  return E.right([asked, endJob(job, { tag: 'Cancelled', rule: 'cancelled-before-start', warnings: [], effect: 'none' }, null)])
}
