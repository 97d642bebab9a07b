/**
 * Which job logs are removed. What the policy says of a log is decided once, in the commit that ends its job; what age and the cap say, when
 * somebody looks. The decision comes first, then the file goes, then that is recorded: nothing is lost should the host die in between.
 */
import type { Settings } from '../settings/events.js'
import type { JobEvent, JobEventOf, RemovalReason } from './events.js'
import { isTerminal } from './job-type.js'
import type { JobState } from './state.js'

const dayMs = 24 * 3_600_000

/** For every end among the events whose log the policy does not keep. */
export const logsNotKept = (events: ReadonlyArray<{ readonly type: string }>, policy: Settings['logSavePolicy']): ReadonlyArray<JobEvent> =>
  events
    .filter(isCompleted)
    .filter((end) => end.logBytes !== null && !isKept(end, policy))
    .map(({ jobId }) => ({ type: 'LogRemovalDecided', jobId, reason: 'policy' }))

const isCompleted = (event: { readonly type: string }): event is JobEventOf<'JobCompleted'> => event.type === 'JobCompleted'

/** Of a job that completed. One that failed or was cancelled keeps its log under every policy: somebody may want to know how far it came. */
const isKept = ({ outcome, warnings }: JobEventOf<'JobCompleted'>, policy: Settings['logSavePolicy']): boolean => {
  switch (policy) {
    case 'all':
      return true
    case 'failed-and-warnings':
      return outcome === 'warning' || warnings.length > 0
    case 'failed-only':
      return false
  }
}

/** Nothing when there is no log, when that was decided before, and as long as the job is not over. */
export const removeLog = (job: JobState, reason: RemovalReason): ReadonlyArray<JobEvent> =>
  job.logBytes === null || job.logRemoval !== null || !isTerminal(job.status)
    ? []
    : [{ type: 'LogRemovalDecided', jobId: job.jobId, reason }]

/** The file is gone. Also of a deleted entry: its log goes after it. */
export const logIsGone = ({ jobId, logRemoval, logRemoved }: JobState): ReadonlyArray<JobEvent> =>
  logRemoval === null || logRemoved ? [] : [{ type: 'LogRemoved', jobId, reason: logRemoval }]

/** Whether a log is older than the settings keep one; of exactly that age it is not. `finishedAt` and `at`: instants. */
export const isLogTooOld = (finishedAt: string, at: string, { logRetentionDays }: Settings): boolean =>
  Date.parse(at) - Date.parse(finishedAt) > logRetentionDays * dayMs
