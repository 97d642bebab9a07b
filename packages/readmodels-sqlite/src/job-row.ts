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
  readonly listed: ListedBy
  /** Null once the entry is deleted. */
  readonly job: Job | null
}

export type ListedBy = Pick<Job, 'type' | 'state' | 'repositoryId' | 'createdAt'> & { readonly scheduleId: string | null }

/** Undefined until the job was requested. */
export const foldJobRow = (id: string, row: JobRow | undefined, recorded: Recorded<JobEvent>): JobRow | undefined => {
  const job = foldJob(id, row?.job ?? undefined, recorded)
  if (job === undefined) return row
  const marks = recorded.event.jobId === id ? marksOf(recorded) : {}
  const before = row ?? { id, created: recorded.position, started: null, finished: null, deleted: null }
  return { ...before, listed: listedBy(job), job, ...marks }
}

const listedBy = ({ type, state, repositoryId, createdAt, trigger }: Job): ListedBy => ({
  type,
  state,
  repositoryId,
  createdAt,
  scheduleId: 'scheduleId' in trigger ? trigger.scheduleId : null,
})

const marksOf = ({ event, position, at }: Recorded<JobEvent>): Partial<JobRow> => {
  switch (event.type) {
    case 'JobStarted':
      return { started: position }
    case 'JobCompleted':
    case 'JobFailed':
    case 'JobCancelled':
      return { finished: position }
    case 'JobEntryDeleted':
      return { deleted: { position, at }, job: null }
    default:
      return {}
  }
}
