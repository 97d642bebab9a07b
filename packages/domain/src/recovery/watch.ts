/**
 * The watch over unattended jobs: what becomes of one when its process can be seen again, or is proven gone. Facts in, events out.
 *
 * Gone is proven by two looks a minute apart: the first is recorded, the second decides. A process that lives is followed and never ended
 * here; that of an archive-delete or a package-install is nobody's to follow, and stays unattended until it is gone.
 */
import type { JobEvent, JobEventOf } from '../job/events.js'
import type { JobState } from '../job/state.js'
import { recoveredAs } from './start-up.js'

type RunTraces = JobEventOf<'JobRecovered'>['traces']

/** Between the two looks, at least. */
export const goneMsMin = 60_000

/** `at`: the present. Nothing for a job that somebody attends to. */
export const watchJob = (traces: RunTraces, job: JobState, at: string): ReadonlyArray<JobEvent> => {
  if (job.status !== 'running' || job.recovery !== 'leave') return []
  if (traces.report === 'ended') return recoveredAs('follow', traces, job)
  if (traces.liveness === 'gone') return seenGone(traces, job, at)
  if (traces.liveness === 'alive' && isFollowed(job)) return recoveredAs(job.cancelRequested ? 'stop' : 'follow', traces, job)
  return job.goneSince === null ? [] : [{ type: 'JobLookedAt', jobId: job.jobId, traces }]
}

const seenGone = (traces: RunTraces, job: JobState, at: string): ReadonlyArray<JobEvent> => {
  if (job.goneSince === null) return [{ type: 'JobLookedAt', jobId: job.jobId, traces }]
  return Date.parse(at) - Date.parse(job.goneSince) < goneMsMin ? [] : recoveredAs('fail', traces, job)
}

const isFollowed = ({ work }: JobState): boolean => work.type !== 'archive-delete' && work.type !== 'package-install'
