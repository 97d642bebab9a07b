/**
 * Asking a job to stop. Asked is not cancelled: a job with a process ends when that is seen gone, one without (it waits to start, or
 * between two attempts) at once. A backup lets its prune or compact end, and skips the rest; its post-scripts go on to their end, and only
 * force stops one that is under way, for what was stopped must be started again.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobEvent } from './events.js'
import { childStepOf } from './flow/maintenance.js'
import { isTerminal } from './job-type.js'
import type { JobState } from './state.js'
import { isInterruptingUnsafe } from './stop.js'

/** Left: `AlreadyFinished`; `InterruptingIsUnsafe` while a run is under way that only `force` may stop. Right of nothing: it was asked before. */
export const cancelJob = (command: JobCommandOf<'CancelJob'>, job: JobState): E.Either<Refusal, ReadonlyArray<JobEvent>> => {
  const { jobId, reason, force } = command
  if (isTerminal(job.status)) return E.left({ tag: 'AlreadyFinished', jobId, status: job.status })
  if (job.run !== null && isInterruptingUnsafe(job.run.work.kind) && !force) return E.left({ tag: 'InterruptingIsUnsafe', jobId })
  if (job.cancelRequested && !(force && stopsAnotherPostScript(job))) return E.right([])
  const asked: JobEvent = { type: 'CancelRequested', jobId, reason, force }
  if (job.run !== null || job.ending !== null || childStepOf(job) !== null) return E.right([asked])
  return E.right([asked, endJob(job, { tag: 'Cancelled', rule: ruleFor(job), warnings: [], effect: 'none' })])
}

/** Each post-script is stopped by a force of its own. */
const stopsAnotherPostScript = ({ ending, run, forcedRun }: JobState): boolean => ending !== null && run !== null && run.runId !== forcedRun

/** Where it stood without a process. */
const ruleFor = ({ attempts, done }: JobState): string => {
  if (attempts > 0) return 'cancelled-between-attempts'
  return done.length > 0 ? 'cancelled-between-steps' : 'cancelled-before-start'
}
