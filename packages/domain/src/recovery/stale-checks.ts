/**
 * Stale scheduled checks: one that waits too long, or whose process is gone and nobody told, must not hold its slot and repository for ever.
 * Facts in, events out.
 *
 * Of a running one the report is taken in first, should there be any: its run is followed, and how it ends is judged from what that tells.
 */
import { endJob } from '../job/end-job.js'
import type { JobEvent, JobEventOf } from '../job/events.js'
import type { JobState } from '../job/state.js'
import type { Settings } from '../settings/events.js'

type RunTraces = JobEventOf<'JobRecovered'>['traces']

type StaleAge = Pick<Settings, 'staleCheckAfterMs'>

/** Whether the check is to be looked at: a scheduled one, pending or with a process of its own for longer than the settings say. */
export const mayBeStale = ({ slot, status, run, requestedAt, startedAt }: JobState, at: string, age: StaleAge): boolean => {
  if (slot !== 'scheduled-check') return false
  if (status === 'pending') return isOver(requestedAt, at, age)
  return status === 'running' && run?.spawned === true && startedAt !== null && isOver(startedAt, at, age)
}

const isOver = (since: string, at: string, { staleCheckAfterMs }: StaleAge): boolean =>
  Date.parse(at) - Date.parse(since) > staleCheckAfterMs

/** `traces`: of the run that the job has; null when it was not looked at. The same look again changes nothing. */
export const reviewCheck = (traces: RunTraces | null, job: JobState, at: string, age: StaleAge): ReadonlyArray<JobEvent> => {
  if (!mayBeStale(job, at, age)) return []
  if (job.status === 'pending') return [waitedTooLong(job, age)]
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

const waitedTooLong = (job: JobState, { staleCheckAfterMs }: StaleAge): JobEvent => {
  const error = { code: 'stale-pending', message: `the scheduled check waited for more than ${inWords(staleCheckAfterMs)}` } as const
  return endJob(job, { tag: 'Failed', rule: 'stale', error, warnings: [], effect: 'none' })
}

const inWords = (ms: number): string => {
  if (ms % 1_000 !== 0) return `${ms} ms`
  return ms % 60_000 === 0 ? numberOf(ms / 60_000, 'minute') : numberOf(ms / 1_000, 'second')
}

const numberOf = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`
