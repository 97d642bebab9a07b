/**
 * The end of a job, made from how its work ended: its one terminal event, or, where post-scripts are due, the ending that they run with and
 * that stands when they are through.
 */
import type { JobEvent, JobEventOf } from './events.js'
import { type HowItWent, postScriptsAfter } from './flow/hooks.js'
import { logTold } from './log-bytes.js'
import type { Warning } from './run/index.js'
import type { JobState } from './state.js'
import { type Ending, isBenign, verdictVersion } from './verdict/index.js'

/** What the last run left beside its verdict. */
interface Remains {
  readonly archive: string | null
  readonly originalBytes: number | null
  readonly logBytes: number | null
}

type Decided = NonNullable<JobState['ending']>

/** The warnings of the job's steps so far are its own. `remains`: null when the job ends without a run. */
export const endJob = (job: JobState, ending: Ending, remains: Remains | null = null): JobEvent => {
  const decided = decidedBy(job, ending, remains)
  const isDue = job.status === 'running' && postScriptsAfter(job.work, decided.outcome).length > 0
  if (isDue) return { type: 'EndingDecided', jobId: job.jobId, ...decided }
  return terminal(job, decided, remains === null ? job.logBytes : logTold(remains.logBytes, job.logBytes))
}

/** After the last post-script. `warnings`: of that one; a warning makes no success of a failure, nor the other way round. */
export const endAsDecided = (job: JobState, warnings: ReadonlyArray<Warning>, logBytes: number | null): JobEvent => {
  if (job.ending === null) throw new Error(`the ending of job ${job.jobId} is not decided`)
  return terminal(job, { ...job.ending, warnings: [...job.warnings, ...warnings] }, logTold(logBytes, job.logBytes))
}

const decidedBy = (job: JobState, ending: Ending, remains: Remains | null): Decided => {
  const warnings = [...job.warnings, ...ending.warnings]
  return {
    outcome: howItWent(ending, warnings),
    error: ending.tag === 'Completed' ? null : (ending.error ?? null),
    originalBytes: ending.tag === 'Completed' ? (remains?.originalBytes ?? null) : null,
    verdict: { rule: ending.rule, version: verdictVersion },
    warnings,
    effect: ending.effect,
    archive: remains?.archive ?? archiveOf(job),
  }
}

const howItWent = ({ tag }: Ending, warnings: ReadonlyArray<Warning>): HowItWent => {
  switch (tag) {
    case 'Completed':
      return warnings.every(isBenign) ? 'success' : 'warning'
    case 'Failed':
      return 'failure'
    case 'Cancelled':
      return 'cancelled'
  }
}

const terminal = (
  { jobId }: JobState,
  { outcome, error, originalBytes, ...end }: Decided,
  logBytes: number | null,
): JobEventOf<'JobCompleted' | 'JobFailed' | 'JobCancelled'> => {
  if (outcome === 'cancelled') return { type: 'JobCancelled', jobId, error, logBytes, ...end }
  if (outcome === 'failure') {
    if (error === null) throw new Error(`job ${jobId} failed without an error`)
    return { type: 'JobFailed', jobId, error, logBytes, ...end }
  }
  return { type: 'JobCompleted', jobId, outcome: end.warnings.every(isBenign) ? 'success' : 'warning', originalBytes, logBytes, ...end }
}

/** The archive that the job is about. */
const archiveOf = ({ work }: JobState): string | null =>
  work.type === 'restore' || work.type === 'archive-delete' ? work.spec.archive : null
