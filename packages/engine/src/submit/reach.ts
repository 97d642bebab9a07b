/**
 * What a decision needs beyond the warm state: a finished job folded from its own events, and what a key was used for.
 */
import { type DomainEvent, evolveJob, type JobState, jobOf, type LedgerState, type Recorded } from '@borgledger/domain'
import type { EventStore, Tag } from '@borgledger/eventstore'
import { decodePage } from '../feed/decode.js'
import type { Submission } from './submission.js'

export interface Reached {
  readonly state: LedgerState
  readonly keyUse: Recorded<DomainEvent> | null
}

/** Whether the submission needs more than the warm state, and so is decided on its own. */
export const needsReach = ({ command, key }: Submission, state: LedgerState): boolean => {
  const jobId = jobOf(command)
  return key !== undefined || (jobId !== null && !state.jobs.has(jobId))
}

export const reach = async (store: EventStore, submission: Submission, state: LedgerState): Promise<Reached> => {
  const jobId = jobOf(submission.command)
  const job = jobId === null || state.jobs.has(jobId) ? undefined : await foldJobState(store, jobId, state.position)
  const keyUse = submission.key === undefined ? null : await lastOf(store, `idempotency-key:${submission.key.keyHash}`, state.position)
  return { state: job === undefined ? state : { ...state, jobs: new Map(state.jobs).set(job.jobId, job) }, keyUse }
}

/** Undefined when there was no such job up to then. */
export const foldJobState = async (store: Pick<EventStore, 'read'>, jobId: string, upTo: number): Promise<JobState | undefined> => {
  let job: JobState | undefined
  for await (const page of store.read([{ tags: [`job:${jobId}`] }], { upTo })) {
    for (const recorded of decodePage(page)) {
      const { event } = recorded
      if ('jobId' in event && event.jobId === jobId) job = evolveJob(job, { ...recorded, event })
    }
  }
  return job
}

const lastOf = async (store: EventStore, tag: Tag, upTo: number): Promise<Recorded<DomainEvent> | null> => {
  let last: Recorded<DomainEvent> | null = null
  for await (const page of store.read([{ tags: [tag] }], { upTo })) last = decodePage(page).at(-1) ?? last
  return last
}
