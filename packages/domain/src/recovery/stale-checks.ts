/**
 * Stale scheduled checks: one that waits too long, or whose process is gone and nobody told, must not hold its slot and repository for ever.
 * Facts in, events out.
 *
 * Of a running one the report is taken in first, should there be any: its run is followed, and how it ends is judged from what that tells.
 */
import { endJob } from '../job/end-job.js'
import type { JobEvent, JobEventOf } from '../job/events.js'
import type { JobState } from '../job/state.js'

type RunTraces = JobEventOf<'JobRecovered'>['traces']

/** Exactly so long is not stale yet. */
export const staleAfterMs = 15 * 60_000

/** Whether the check is to be looked at: a scheduled one, pending or with a process of its own for longer than that. */
export const mayBeStale = ({ slot, status, run, requestedAt, startedAt }: JobState, at: string): boolean => {
  if (slot !== 'scheduled-check') return false
  if (status === 'pending') return isOver(requestedAt, at)
  return status === 'running' && run?.spawned === true && startedAt !== null && isOver(startedAt, at)
}

const isOver = (since: string, at: string): boolean => Date.parse(at) - Date.parse(since) > staleAfterMs

/** `traces`: of the run that the job has; null when it was not looked at. The same look again changes nothing. */
export const reviewCheck = (traces: RunTraces | null, job: JobState, at: string): ReadonlyArray<JobEvent> => {
  if (!mayBeStale(job, at)) return []
  if (job.status === 'pending') return [waitedTooLong(job)]
  if (traces === null) return []
  const decision = verdictOn(traces, job)
  return decision === null || decision === job.recovery ? [] : [{ type: 'JobRecovered', jobId: job.jobId, traces, decision }]
}

/** Null: it is well. What nobody can see is left, and shown as unattended; from then on it is watched as all such jobs are. */
const verdictOn = ({ liveness }: RunTraces, { recovery }: JobState): 'stale' | 'leave' | null => {
  switch (liveness) {
    case 'gone':
      // Start-up cleanup ends it already.
      return recovery === 'fail' || recovery === 'stop' ? null : 'stale'
    case 'unknown':
      return 'leave'
    case 'alive':
      return null
  }
}

const waitedTooLong = (job: JobState): JobEvent => {
  const error = { code: 'stale-pending', message: 'the scheduled check waited for more than 15 minutes' } as const
  return endJob(job, { tag: 'Failed', rule: 'stale', error, warnings: [], effect: 'none' })
}
