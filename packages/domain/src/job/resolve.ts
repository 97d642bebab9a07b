/**
 * Saying how an unattended job ended, which nobody could see. Its claim is freed by that; what it did to the repository stays unknown.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobError } from './error.js'
import type { JobEvent } from './events.js'
import { afterPostScript } from './flow/after-hook.js'
import { childIdOf, childStepOf } from './flow/maintenance.js'
import { isTerminal } from './job-type.js'
import type { RunTraces } from './run/index.js'
import type { JobState, RunState } from './state.js'
import type { Ending } from './verdict/index.js'

/** Of a backup that waits for its prune or compact, that; what comes of it for the backup follows. */
export const unattendedOf = (job: JobState, { jobs }: LedgerState): JobState => {
  const step = childStepOf(job)
  return (step === null ? undefined : jobs.get(childIdOf(job.jobId, step))) ?? job
}

/** Left: `AlreadyFinished`; `NotUnattended`; `ProcessAlive` as long as its process is seen. */
export const resolveJob = (command: JobCommandOf<'ResolveJob'>, job: JobState): E.Either<Refusal, ReadonlyArray<JobEvent>> => {
  const { jobId, status } = job
  const { reason, traces } = command
  if (isTerminal(status)) return E.left({ tag: 'AlreadyFinished', jobId, status })
  if (job.recovery !== 'leave') return E.left({ tag: 'NotUnattended', jobId })
  if (traces.liveness === 'alive') return E.left({ tag: 'ProcessAlive', jobId })
  if (job.ending !== null) return E.right(resolvePostScript(job, job.run, traces, reason))
  const judged = { rule: 'resolved', warnings: [], effect: job.run === null ? 'none' : 'unknown' } as const
  if (command.state === 'cancelled') return E.right([...asked(job, reason), endJob(job, { tag: 'Cancelled', ...judged })])
  const error = unseen(reason)
  const failed: Ending = { tag: 'Failed', error, ...judged }
  return E.right([endJob(job, failed)])
}

/** How the job ends is decided: that stands, and the script counts as one that failed. */
const resolvePostScript = (job: JobState, run: RunState | null, traces: RunTraces, reason: string): ReadonlyArray<JobEvent> => [
  { type: 'JobRecovered', jobId: job.jobId, traces, decision: 'resume' },
  ...(run === null ? [] : afterPostScript(job, run, [], unseen(reason), null)),
]

const unseen = (reason: string): JobError => ({ code: 'worker-lost', message: `nobody could see its end; it was resolved: ${reason}` })

/** So that the record says who, and why. */
const asked = ({ jobId, cancelRequested }: JobState, reason: string): ReadonlyArray<JobEvent> =>
  cancelRequested ? [] : [{ type: 'CancelRequested', jobId, reason, force: true }]
