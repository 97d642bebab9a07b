/**
 * A finished job leaves the warm state; a command about one is decided on the job folded from its own events, as the engine does.
 */
import { type Command, type DomainEvent, evolveJob, type JobState, jobOf, type LedgerState, type Recorded } from '@borgledger/domain'

/** `state` with the job that the command is about, should it have ended. */
export const withJobOf = (command: Command, state: LedgerState, history: ReadonlyArray<Recorded<DomainEvent>>): LedgerState => {
  const jobId = jobOf(command)
  if (jobId === null || state.jobs.has(jobId)) return state
  let job: JobState | undefined
  for (const recorded of history) {
    const { event } = recorded
    if ('jobId' in event && event.jobId === jobId) job = evolveJob(job, { ...recorded, event })
  }
  return job === undefined ? state : { ...state, jobs: new Map(state.jobs).set(jobId, job) }
}
