/**
 * What one event changes in the tables. Pure but for the rows that it gets and sets.
 */
import {
  type DomainEvent,
  foldEndedJob,
  foldRepository,
  type JobEvent,
  jobsShowing,
  type Recorded,
  type Repository,
  type RepositoryEvent,
} from '@borgledger/domain'
import { foldJobRow, type JobRow } from './job-row.js'

/** Rows by id; setting undefined removes one. */
export interface Rows<A> {
  readonly get: (id: string) => A | undefined
  readonly set: (id: string, row: A | undefined) => void
}

export interface Tables {
  readonly jobs: Rows<JobRow>
  readonly repositories: Rows<Repository>
}

export const project = (tables: Tables, recorded: Recorded<DomainEvent>): void => {
  const { event } = recorded
  if ('jobId' in event) projectJob(tables, { ...recorded, event })
  else if ('repositoryId' in event) projectRepository(tables, { ...recorded, event })
}

const projectRepository = ({ repositories }: Tables, recorded: Recorded<RepositoryEvent>): void => {
  const id = recorded.event.repositoryId
  repositories.set(id, foldRepository(repositories.get(id), recorded))
}

const projectJob = ({ jobs, repositories }: Tables, recorded: Recorded<JobEvent>): void => {
  for (const id of jobsShowing(recorded.event)) jobs.set(id, foldJobRow(id, jobs.get(id), recorded))
  const ended = endsJob(recorded.event) ? jobs.get(recorded.event.jobId)?.job : null
  const repository = ended?.repositoryId ? repositories.get(ended.repositoryId) : undefined
  if (ended && repository) repositories.set(repository.id, foldEndedJob(repository, ended))
}

const endsJob = ({ type }: JobEvent): boolean => type === 'JobCompleted' || type === 'JobFailed' || type === 'JobCancelled'
