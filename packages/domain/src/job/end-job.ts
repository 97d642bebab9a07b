/** The one terminal event of a job, made from how it ended. */
import type { JobEvent } from './events.js'
import type { JobState } from './state.js'
import { type Ending, isBenign, verdictVersion } from './verdict/index.js'

/** What the last run left beside its verdict. */
interface Remains {
  readonly archive: string | null
  readonly originalBytes: number | null
  readonly logBytes: number | null
}

/** `remains`: null when the job ends without a run. */
export const endJob = (job: JobState, ending: Ending, remains: Remains | null = null): JobEvent => {
  const archive = remains?.archive ?? archiveOf(job)
  const logBytes = remains?.logBytes ?? job.logBytes
  const { warnings, effect } = ending
  const end = { jobId: job.jobId, warnings, effect, archive, logBytes, verdict: { rule: ending.rule, version: verdictVersion } }
  switch (ending.tag) {
    case 'Completed':
      return {
        type: 'JobCompleted',
        outcome: warnings.every(isBenign) ? 'success' : 'warning',
        originalBytes: remains?.originalBytes ?? null,
        ...end,
      }
    case 'Failed':
      return { type: 'JobFailed', error: ending.error, ...end }
    case 'Cancelled':
      return { type: 'JobCancelled', ...end }
  }
}

/** The archive that the job is about. */
const archiveOf = ({ work }: JobState): string | null =>
  work.type === 'restore' || work.type === 'archive-delete' ? work.spec.archive : null
