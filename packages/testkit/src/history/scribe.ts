/**
 * Decides commands and seals what comes of them into commits of a log, as the engine does it: by the same rules, ids, tags and hashes.
 */
import {
  type Command,
  type DomainEvent,
  evolveAll,
  evolveJob,
  initialState,
  isTerminal,
  type JobState,
  jobOf,
  type LedgerState,
  type Recorded,
} from '@borgledger/domain'
import { plan, type Submission } from '@borgledger/engine'
import { emptyHead, type Head, type RecordedCommit, sealCommit } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'

export interface Written {
  readonly commit: RecordedCommit
  readonly events: ReadonlyArray<Recorded<DomainEvent>>
}

export interface Scribe {
  readonly state: () => LedgerState
  /** Null when the command is refused, or changes nothing. */
  readonly write: (atMs: number, submission: Submission) => Written | null
}

/** How many of the jobs that have ended can still be spoken of. */
const finishedMax = 5_000

export const scribe = (): Scribe => {
  const finished = new Map<string, JobState>()
  let [state, head, commits]: [LedgerState, Head, number] = [initialState, emptyHead, 0]

  const reach = (command: Command): LedgerState => {
    const jobId = jobOf(command)
    const job = jobId === null || state.jobs.has(jobId) ? undefined : finished.get(jobId)
    return job === undefined ? state : { ...state, jobs: new Map(state.jobs).set(job.jobId, job) }
  }
  const note = (events: ReadonlyArray<Recorded<DomainEvent>>, after: LedgerState): void => {
    for (const { event, ...recorded } of events) {
      if (!('jobId' in event) || after.jobs.has(event.jobId)) continue
      const job = evolveJob(finished.get(event.jobId) ?? state.jobs.get(event.jobId), { ...recorded, event })
      if (job !== undefined && isTerminal(job.status)) finished.set(job.jobId, job)
    }
    const [oldest] = finished.size > finishedMax ? finished.keys() : []
    if (oldest !== undefined) finished.delete(oldest)
  }
  return {
    state: () => state,
    write: (atMs, submission) => {
      const stamp = { commitId: `c${String(commits + 1).padStart(9, '0')}`, at: new Date(atMs).toISOString() }
      const planned = plan(submission, reach(submission.command), stamp, null)
      if (E.isLeft(planned) || planned.right.commit === null) return null
      const { events } = planned.right.submitted
      const commit = sealCommit(head.hash, head.position + 1, planned.right.commit)
      const after = evolveAll(state, events)
      note(events, after)
      commits += 1
      head = { position: commit.last, hash: commit.hash }
      state = after
      return { commit, events }
    },
  }
}
