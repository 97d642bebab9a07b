/**
 * Repositories as they were: a fold of their own few events, with the last backup and check that had ended by then.
 */
import { type EventOf, foldDeletedEntry, foldEndedJob, foldRepository, type JobType, type Repository } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import { decodePage } from '../../feed/decode.js'
import { jobAsOf, type PastParts } from './jobs.js'

type RepositoryEvent = EventOf<'RepositoryRegistered' | 'RepositoryIdentified' | 'RepositoryChanged' | 'RepositoryRemoved'>

const types: ReadonlyArray<RepositoryEvent['type']> = [
  'RepositoryRegistered',
  'RepositoryIdentified',
  'RepositoryChanged',
  'RepositoryRemoved',
]

/** By id, ascending. */
export const repositoriesAsOf = async (parts: PastParts, position: Position): Promise<ReadonlyArray<Repository>> => {
  const known = await configured(parts, position)
  const whole: Repository[] = []
  for (const one of [...known.values()].sort((a, b) => (a.repository.id < b.repository.id ? -1 : 1)))
    whole.push(await withJobs(parts, position, one))
  return whole
}

/** Null when there was none of that id. */
export const repositoryAsOf = async (parts: PastParts, position: Position, repositoryId: string): Promise<Repository | null> => {
  const known = (await configured(parts, position)).get(repositoryId)
  return known === undefined ? null : withJobs(parts, position, known)
}

const withJobs = async (parts: PastParts, position: Position, { repository, since }: Configured): Promise<Repository> => {
  const backedUp = await withLast(parts, position, since, repository, 'backup')
  return withLast(parts, position, since, backedUp, 'check')
}

interface Configured {
  readonly repository: Repository
  /** Position of its registration: what ended before is about another one of the same id. */
  readonly since: Position
}

const configured = async ({ store }: PastParts, upTo: Position): Promise<ReadonlyMap<string, Configured>> => {
  const known = new Map<string, Configured>()
  for await (const page of store.read([{ types }], { upTo })) {
    for (const recorded of decodePage(page)) {
      const event = recorded.event as RepositoryEvent
      const before = known.get(event.repositoryId)
      const repository = foldRepository(before?.repository, { ...recorded, event })
      if (repository === undefined) known.delete(event.repositoryId)
      else {
        const since = event.type === 'RepositoryRegistered' ? recorded.position : (before?.since ?? recorded.position)
        known.set(event.repositoryId, { repository, since })
      }
    }
  }
  return known
}

const withLast = async (
  parts: PastParts,
  position: Position,
  since: Position,
  repository: Repository,
  type: JobType,
): Promise<Repository> => {
  const last = await parts.readModels.lastEnded({ repositoryId: repository.id, type, after: since, upTo: position })()
  if (last === null) return repository
  const ended = await jobAsOf(parts, last.finished, last.jobId)
  if (ended.tag !== 'Found') return repository
  const whole = later(repository, foldEndedJob(repository, ended.job))
  const isDeleted = last.deleted !== null && last.deleted <= position
  return isDeleted ? later(whole, foldDeletedEntry(whole, last.jobId, last.deleted)) : whole
}

/** What is folded out of turn keeps the position of what came last. */
const later = (before: Repository, after: Repository): Repository => ({ ...after, position: Math.max(before.position, after.position) })
