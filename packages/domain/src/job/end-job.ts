/** The one terminal event of a job, made from how it ended. */
import type { JobEvent } from './events.js'
import type { JobState } from './state.js'
import { type Ending, isBenign, verdictVersion } from './verdict/index.js'

/** What is known at the end beside the verdict itself. */
interface Remains {
  readonly archive: string | null
  readonly originalBytes: number | null
  readonly logBytes: number | null
}

export const endJob = (job: JobState, ending: Ending, remains: Remains | null): JobEvent => {
  const { archive, originalBytes, logBytes } = remains ?? { archive: null, originalBytes: null, logBytes: null }
  const { warnings, effect } = ending
  const end = { jobId: job.jobId, warnings, effect, archive, logBytes, verdict: { rule: ending.rule, version: verdictVersion } }
  switch (ending.tag) {
    case 'Completed':
      return { type: 'JobCompleted', outcome: warnings.every(isBenign) ? 'success' : 'warning', originalBytes, ...end }
    case 'Failed':
      return { type: 'JobFailed', error: ending.error, ...end }
    case 'Cancelled':
      return { type: 'JobCancelled', ...end }
  }
}
