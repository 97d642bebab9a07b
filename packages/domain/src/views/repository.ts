/**
 * A repository as people see it, and its fold.
 */
import type { DomainEvent } from '../event.js'
import type { JobStatus } from '../job/index.js'
import type { Recorded } from '../recorded.js'
import type { SecretRef } from '../repository/index.js'
import type { Job } from './job.js'

/** The last job of a kind, as far as a list shows it. */
export interface JobRef {
  readonly id: string
  readonly state: JobStatus
  readonly outcome: 'success' | 'warning' | null
  readonly finishedAt: string | null
  /** Its entry was deleted: it did run, and cannot be looked at any more. */
  readonly deleted: boolean
}

export interface Repository {
  readonly id: string
  readonly name: string
  readonly location: string
  readonly remote: boolean
  /** Borg's own id; null until it was seen. */
  readonly borgId: string | null
  readonly passphrase: SecretRef | null
  readonly borg: { readonly executable: string } | null
  readonly registeredAt: string
  /** The last backup and check that ended. */
  readonly lastBackup: JobRef | null
  readonly lastCheck: JobRef | null
  readonly position: number
}

type RepositoryEvent = Extract<DomainEvent, { readonly repositoryId: string; readonly type: `Repository${string}` }>

/** Undefined before its registration and after its removal. */
export const foldRepository = (repository: Repository | undefined, recorded: Recorded<RepositoryEvent>): Repository | undefined => {
  const { event, at, position } = recorded
  switch (event.type) {
    case 'RepositoryRegistered':
      return {
        id: event.repositoryId,
        borgId: event.borgId,
        ...attributes(event),
        registeredAt: at,
        lastBackup: null,
        lastCheck: null,
        position,
      }
    case 'RepositoryIdentified':
      return repository && { ...repository, borgId: event.borgId, position }
    case 'RepositoryChanged':
      return repository && { ...repository, ...attributes(event), position }
    case 'RepositoryRemoved':
      return undefined
  }
}

const attributes = (event: Extract<RepositoryEvent, { readonly access: unknown }>) => ({
  name: event.name,
  location: event.access.location,
  remote: event.remote,
  passphrase: event.access.passphrase,
  borg: event.access.executable === null ? null : { executable: event.access.executable },
})

/** The repository after one of its jobs ended. */
export const foldEndedJob = (repository: Repository, job: Job): Repository => {
  const ref: JobRef = { id: job.id, state: job.state, outcome: job.outcome, finishedAt: job.finishedAt, deleted: false }
  if (job.type === 'backup') return { ...repository, lastBackup: ref, position: job.position }
  return job.type === 'check' ? { ...repository, lastCheck: ref, position: job.position } : repository
}

/** The repository after the entry of one of its jobs was deleted. */
export const foldDeletedEntry = (repository: Repository, jobId: string, position: number): Repository => {
  const { lastBackup, lastCheck } = repository
  const mark = (ref: JobRef | null): JobRef | null => (ref?.id === jobId ? { ...ref, deleted: true } : ref)
  if (lastBackup?.id !== jobId && lastCheck?.id !== jobId) return repository
  return { ...repository, lastBackup: mark(lastBackup), lastCheck: mark(lastCheck), position }
}
