/**
 * Start-up cleanup: what becomes of a job that was running when an earlier owner ended. Facts in, events out.
 *
 * A job whose ending is decided has only post-scripts left, which go on. Of the others, a run that left a report has ended and is heard like
 * any other; a living one is stopped or followed, by the policy; where it cannot be seen whether it lives, the job keeps its claim and is shown
 * as unattended.
 */
import { endJob } from '../job/end-job.js'
import type { JobEvent, JobEventOf } from '../job/events.js'
import type { JobState } from '../job/state.js'
import type { Settings } from '../settings/events.js'

type RunTraces = JobEventOf<'JobRecovered'>['traces']
type Decision = JobEventOf<'JobRecovered'>['decision']

export const recoverJob = (traces: RunTraces, job: JobState, settings: Settings): ReadonlyArray<JobEvent> => {
  if (job.status !== 'running') return []
  const decision = job.ending === null ? verdictOn(traces, job, settings) : afterEnding(traces, job)
  if (job.recoveredHere && isKnown(decision, job)) return []
  return recoveredAs(decision, traces, job)
}

/** A job that never ran ends with the decision; any other when its run was heard to its end. One whose ending is decided goes on. */
export const recoveredAs = (decided: Decision, traces: RunTraces, job: JobState): ReadonlyArray<JobEvent> => {
  const decision = job.ending !== null && decided !== 'leave' ? 'resume' : decided
  const recovered: JobEvent = { type: 'JobRecovered', jobId: job.jobId, traces, decision }
  return decision === 'fail' && neverRan(traces, job) ? [recovered, givenUp(job)] : [recovered]
}

/** What goes on went on, unless it was left. */
const isKnown = (decision: Decision, { recovery }: JobState): boolean =>
  decision === recovery || (decision === 'resume' && recovery !== 'leave')

/** A post-script is never stopped nor run twice: one that was never started starts, one that is gone without a report has failed. */
const afterEnding = (traces: RunTraces, { run }: JobState): Decision =>
  run !== null && traces.liveness === 'unknown' && traces.report !== 'ended' ? 'leave' : 'resume'

const verdictOn = (traces: RunTraces, job: JobState, settings: Settings): Decision => {
  if (traces.report === 'ended') return wasCutShort(job) ? 'fail' : 'follow'
  const policy = policyOf(job, settings)
  if (policy === 'leave') return 'leave'
  if (neverRan(traces, job)) return 'fail'
  switch (traces.liveness) {
    case 'unknown':
      return 'leave'
    case 'gone':
      return 'fail'
    case 'alive':
      return policy !== 'stop' && !job.cancelRequested && !wasCutShort(job) ? policy : 'stop'
  }
}

/** What becomes of a living run: of a backup or a restore by the settings, or followed when it was left running on purpose; maintenance is never stopped half-way. The rest is no part of this. */
const policyOf = ({ work, detached }: JobState, settings: Settings): 'stop' | 'follow' | 'leave' => {
  switch (work.type) {
    case 'backup':
    case 'restore':
      return settings.recovery === 'adopt' || detached ? 'follow' : 'stop'
    case 'prune':
    case 'check':
    case 'restore-check':
    case 'compact':
      return 'follow'
    case 'archive-delete':
    case 'package-install':
      return 'leave'
  }
}

/** An owner before this one stopped it or gave it up, and so does this one. */
const wasCutShort = ({ recovery }: JobState): boolean => recovery === 'stop' || recovery === 'fail'

/** The host ended between two steps, or before the process of the intent was started. */
const neverRan = (traces: RunTraces, job: JobState): boolean =>
  job.run === null || (traces.report === 'never' && traces.liveness === 'gone')

const givenUp = (job: JobState): JobEvent => {
  const nothing = { warnings: [], effect: 'none' } as const
  if (job.cancelRequested) return endJob(job, { tag: 'Cancelled', rule: 'cancelled-before-start', ...nothing })
  const where = job.done.length === 0 ? 'before borg was started' : 'between two steps'
  const error = { code: 'interrupted-by-restart', message: `the host restarted ${where}` } as const
  return endJob(job, { tag: 'Failed', rule: 'interrupted', error, ...nothing })
}
