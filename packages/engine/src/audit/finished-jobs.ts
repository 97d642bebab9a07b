/**
 * The jobs that have ended, for what still comes to them: a late report, the removal of their log, the deletion of their entry.
 *
 * The newest are kept at hand; an older one is folded again from its own events. So memory does not grow with the log.
 */
import { type DomainEvent, evolveJob, isTerminal, type JobState, type LedgerState, type Recorded } from '@borgledger/domain'
import type { EventStore, Position } from '@borgledger/eventstore'
import { foldJobState } from '../submit/reach.js'

const keptMax = 4_096

export interface FinishedJobs {
  /** `state` is the one before `events`, and `after` the one behind them. */
  readonly note: (state: LedgerState, events: ReadonlyArray<Recorded<DomainEvent>>, after: LedgerState) => void
  /** The state with the job in it, where the job had ended by then. `upTo`: where the log stood; the state's position when not given. */
  readonly withJob: (state: LedgerState, jobId: string, upTo?: Position) => Promise<LedgerState>
}

export const finishedJobs = (store: Pick<EventStore, 'read'>): FinishedJobs => {
  const kept = new Map<string, JobState>()
  const keep = (job: JobState): void => {
    kept.delete(job.jobId)
    kept.set(job.jobId, job)
    const [oldest] = kept.size > keptMax ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
  }
  return {
    note: (state, events, after) => {
      const met = new Map<string, JobState>()
      for (const recorded of events) {
        const { event } = recorded
        // Most are of a job that goes on.
        if (!('jobId' in event) || after.jobs.has(event.jobId)) continue
        const job = evolveJob(met.get(event.jobId) ?? state.jobs.get(event.jobId) ?? kept.get(event.jobId), { ...recorded, event })
        if (job === undefined) continue
        met.set(job.jobId, job)
        if (isTerminal(job.status)) keep(job)
      }
    },
    withJob: async (state, jobId, upTo = state.position) => {
      const job = state.jobs.get(jobId) ?? kept.get(jobId) ?? (await foldJobState(store, jobId, upTo))
      return job === undefined || state.jobs.has(jobId) ? state : { ...state, jobs: new Map(state.jobs).set(jobId, job) }
    },
  }
}
