/**
 * A job as a row: its record, what lists are searched by, and the positions at which it was requested, started, ended and deleted.
 *
 * A deleted entry keeps its row without the record: it is told apart from a job that never was, and found by who asks how things stood before.
 */
import { foldJob, type Job, type JobEvent, type Recorded } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'

export interface JobRow {
  readonly id: string
  readonly created: Position
  readonly started: Position | null
  readonly finished: Position | null
  readonly deleted: { readonly position: Position; readonly at: string } | null
  /** Null once the entry is deleted. */
  readonly job: Job | null
  /** What it was listed by when its entry was deleted; null before. */
  readonly left: ListedBy | null
}

export interface ListedBy extends Pick<Job, 'type' | 'state' | 'outcome' | 'repositoryId' | 'createdAt' | 'finishedAt'> {
  readonly scheduleId: string | null
  /** The size of the kept log of a job that is over; null when there is none. */
  readonly logBytes: number | null
}

/** Undefined until the job was requested. */
export const foldJobRow = (id: string, row: JobRow | undefined, recorded: Recorded<JobEvent>): JobRow | undefined => {
  const job = foldJob(id, row?.job ?? undefined, recorded)
  if (job === undefined) return row
  const before = row ?? { id, created: recorded.position, started: null, finished: null, deleted: null, left: null }
  const after = { ...before, job }
  return recorded.event.jobId === id ? marked(after, recorded) : after
}

/** Made only when it is asked for: a row is folded more often than it is written. */
export const listedOf = ({ id, job, left }: JobRow): ListedBy => {
  if (job !== null) return listedBy(job)
  if (left !== null) return left
  throw new Error(`the row of job ${id} has no record`)
}

const listedBy = ({ type, state, outcome, repositoryId, createdAt, finishedAt, trigger, log }: Job): ListedBy => ({
  type,
  state,
  outcome,
  repositoryId,
  createdAt,
  finishedAt,
  scheduleId: 'scheduleId' in trigger ? trigger.scheduleId : null,
  logBytes: log.state === 'kept' ? log.bytes : null,
})

const marked = (row: JobRow, { event, position, at }: Recorded<JobEvent>): JobRow => {
  switch (event.type) {
    case 'JobStarted':
      return { ...row, started: position }
    case 'JobCompleted':
    case 'JobFailed':
    case 'JobCancelled':
      return { ...row, finished: position }
    case 'JobEntryDeleted':
      return { ...row, deleted: { position, at }, left: { ...listedOf(row), logBytes: null }, job: null }
    default:
      return row
  }
}
