/**
 * What one event changes in the tables. Pure but for the rows that it gets and sets.
 */
import {
  type ArchiveList,
  type DomainEvent,
  type EventOf,
  foldDeletedEntry,
  foldEndedJob,
  foldLeft,
  foldListing,
  foldRepository,
  type JobEvent,
  jobsShowing,
  noArchives,
  type Recorded,
  type Repository,
  tickOf,
} from '@borgledger/domain'
import { foldJobRow, type JobRow } from './job-row.js'
import { type NotificationTables, projectNotification } from './project-notification.js'
import type { Rows } from './rows.js'
import { tickKey } from './tick-key.js'
import type { TickRow } from './tick-table.js'

export interface Tables extends NotificationTables {
  readonly jobs: Rows<JobRow>
  readonly repositories: Rows<Repository>
  /** By repository. */
  readonly archives: Rows<ArchiveList>
  /** By `tickKey`. */
  readonly ticks: Rows<TickRow>
}

export const project = (tables: Tables, recorded: Recorded<DomainEvent>): void => {
  if (isOfJob(recorded)) {
    projectJob(tables, recorded)
    return
  }
  const { event } = recorded
  switch (event.type) {
    case 'RepositoryRegistered':
    case 'RepositoryIdentified':
    case 'RepositoryChanged':
    case 'RepositoryRemoved':
      projectRepository(tables, { ...recorded, event })
      break
    case 'TickQueued':
    case 'TickFired':
    case 'TicksSkipped':
    case 'TickAttemptFailed':
    case 'TickFailed':
      projectTick(tables, { ...recorded, event })
      break
    case 'ArchivesListed': {
      const { repositoryId: id } = event
      if (tables.repositories.get(id) === undefined) return
      tables.archives.set(id, foldListing(tables.archives.get(id) ?? noArchives, { ...recorded, event }))
      break
    }
    case 'NotificationTargetAdded':
    case 'NotificationTargetChanged':
    case 'NotificationTargetRemoved':
    case 'NotificationQueued':
    case 'Delivered':
    case 'DeliveryFailed':
    case 'DeliveryDropped':
      projectNotification(tables, { ...recorded, event })
  }
}

type TickEvent = EventOf<'TickQueued' | 'TickFired' | 'TicksSkipped' | 'TickAttemptFailed' | 'TickFailed'>

const projectTick = ({ ticks }: Tables, recorded: Recorded<TickEvent>): void => {
  const { event, position } = recorded
  const key = tickKey(event.scheduleId, event.dueAt)
  ticks.set(key, { tick: tickOf(recorded), first: ticks.get(key)?.first ?? position })
}

const isOfJob = (recorded: Recorded<DomainEvent>): recorded is Recorded<JobEvent> => 'jobId' in recorded.event

type RepositoryEvent = EventOf<'RepositoryRegistered' | 'RepositoryIdentified' | 'RepositoryChanged' | 'RepositoryRemoved'>

const projectRepository = ({ repositories, archives }: Tables, recorded: Recorded<RepositoryEvent>): void => {
  const { event } = recorded
  const id = event.repositoryId
  repositories.set(id, foldRepository(repositories.get(id), recorded))
  if (event.type === 'RepositoryRemoved') archives.set(id, undefined)
}

const projectJob = (tables: Tables, recorded: Recorded<JobEvent>): void => {
  const { event, position } = recorded
  for (const id of jobsShowing(event)) tables.jobs.set(id, foldJobRow(id, tables.jobs.get(id), recorded))
  const row = tables.jobs.get(event.jobId)
  const repositoryId = row === undefined ? null : (row.job ?? row.left)?.repositoryId
  const repository = repositoryId == null ? undefined : tables.repositories.get(repositoryId)
  if (row === undefined || repository === undefined) return
  const { id } = repository
  if (event.type === 'JobEntryDeleted') tables.repositories.set(id, foldDeletedEntry(repository, event.jobId, position))
  if (row.job === null) return
  if (endsJob(event)) tables.repositories.set(id, foldEndedJob(repository, row.job))
  if (event.type !== 'RunEnded') return
  const known = isAnother(event, repository) ? noArchives : (tables.archives.get(id) ?? noArchives)
  tables.archives.set(id, foldLeft(known, { ...recorded, event }, row.job))
}

/** The run met another borg repository at the location than is known: what was recorded of that one's archives is not about this one. */
const isAnother = ({ evidence }: EventOf<'RunEnded'>, { borgId }: Repository): boolean =>
  evidence.borgId !== null && borgId !== null && evidence.borgId !== borgId

const endsJob = ({ type }: JobEvent): boolean => type === 'JobCompleted' || type === 'JobFailed' || type === 'JobCancelled'
