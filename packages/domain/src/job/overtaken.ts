/**
 * Who was overtaken: a fold beside the queue's rules, by which a job that younger ones passed too often is found.
 */
import type { JobState } from './state.js'

/** The jobs after one of them started: older ones that wait for the same slot or repository count that they were overtaken. A child overtakes nobody. */
export const overtakenBy = (started: JobState, jobs: ReadonlyMap<string, JobState>): ReadonlyMap<string, JobState> => {
  if (started.trigger.kind === 'parent') return jobs
  const passed = [...jobs.values()].filter((job) => job.status === 'pending' && job.order < started.order && competes(job, started))
  if (passed.length === 0) return jobs
  const after = new Map(jobs)
  for (const job of passed) after.set(job.jobId, { ...job, overtaken: job.overtaken + 1 })
  return after
}

const competes = (waiting: JobState, started: JobState): boolean =>
  (waiting.slot !== null && waiting.slot === started.slot) ||
  (waiting.repositoryId !== null && waiting.repositoryId === started.repositoryId)
