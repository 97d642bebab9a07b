/** How a job ends whose work was not done: because somebody asked for it, because its host restarted, or by itself. */
import type { Effect, JobError } from '../error.js'
import type { RunEvidence } from '../run/index.js'
import type { JobState } from '../state.js'
import type { Ending } from './ending.js'

export type Asked = Pick<JobState, 'cancelRequested' | 'recovery'>

/** Start-up cleanup stopped it or gave it up. */
export const wasCutShort = ({ recovery }: Asked): boolean => recovery === 'stop' || recovery === 'fail'

interface Undone {
  readonly effect: Effect
  /** What is told when nobody cut it short. */
  readonly rule: string
  readonly error: JobError
  /** What is told of the effect when the host restarted. */
  readonly interrupted?: string
}

export const undone = (job: Asked, { warnings }: Pick<RunEvidence, 'warnings'>, { effect, rule, error, interrupted }: Undone): Ending => {
  if (job.cancelRequested) return { tag: 'Cancelled', rule: 'cancelled', warnings, effect }
  if (!wasCutShort(job)) return { tag: 'Failed', rule, warnings, effect, error }
  const message = interrupted ?? 'the host restarted while it ran'
  return { tag: 'Failed', rule: 'interrupted', warnings, effect, error: { code: 'interrupted-by-restart', message } }
}
