/**
 * Repository rules: an id and a borg repository are registered once; one that a job or a call is about stays.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Calls } from '../call/state.js'
import { keysWith } from '../claims.js'
import { isTerminal } from '../job/job-type.js'
import type { JobState } from '../job/state.js'
import type { Refusal } from '../refusal.js'
import type { RepositoryCommand, RepositoryCommandOf } from './commands.js'
import type { RepositoryEvent } from './events.js'
import { isRemote } from './location.js'
import { claimKeysOf, type RepositoryState } from './state.js'

interface Known {
  readonly repositories: ReadonlyMap<string, RepositoryState>
  readonly jobs: ReadonlyMap<string, JobState>
  readonly calls: Calls
}
type Decision = E.Either<Refusal, ReadonlyArray<RepositoryEvent>>

/** Left: `IdTaken` (register); `RepositoryAlreadyRegistered` (register, change); `RepositoryNotFound`, `RepositoryBusy` (change, remove). */
export const decideRepository = (command: RepositoryCommand, known: Known): Decision => {
  switch (command.type) {
    case 'RegisterRepository':
      return register(command, known)
    case 'ChangeRepository':
      return change(command, known)
    case 'RemoveRepository':
      return whenFree(command.repositoryId, known, ({ repositoryId }) => [{ type: 'RepositoryRemoved', repositoryId }])
  }
}

const register = (command: RepositoryCommandOf<'RegisterRepository'>, { repositories }: Known): Decision => {
  const { repositoryId, name, access, borgId, created } = command
  const same = repositories.get(repositoryId)
  if (same !== undefined) return E.left({ tag: 'IdTaken', id: repositoryId })
  const twin = [...repositories.values()].find(
    (other) => (borgId !== null && other.borgId === borgId) || other.access.location === access.location,
  )
  if (twin !== undefined) return alreadyRegistered(twin)
  return E.right([{ type: 'RepositoryRegistered', repositoryId, name, access, remote: isRemote(access.location), borgId, created }])
}

/** A name may change at any time; where and how borg reaches the repository only while no job is about it. */
const change = (command: RepositoryCommandOf<'ChangeRepository'>, known: Known): Decision => {
  const { repositoryId, name, access } = command
  const repository = known.repositories.get(repositoryId)
  if (repository === undefined) return E.left({ tag: 'RepositoryNotFound', repositoryId })
  const others = [...known.repositories.values()].filter((other) => other.repositoryId !== repositoryId)
  const twin = others.find((other) => other.access.location === access.location)
  if (twin !== undefined) return alreadyRegistered(twin)
  const changed: RepositoryEvent = { type: 'RepositoryChanged', repositoryId, name, access, remote: isRemote(access.location) }
  if (JSON.stringify(repository.access) !== JSON.stringify(access)) return whenFree(repositoryId, known, () => [changed])
  return E.right(repository.name === name ? [] : [changed])
}

const alreadyRegistered = ({ repositoryId }: RepositoryState): Decision => E.left({ tag: 'RepositoryAlreadyRegistered', repositoryId })

const whenFree = (id: string, known: Known, then: (repository: RepositoryState) => ReadonlyArray<RepositoryEvent>): Decision => {
  const repository = known.repositories.get(id)
  if (repository === undefined) return E.left({ tag: 'RepositoryNotFound', repositoryId: id })
  const jobs = [...known.jobs.values()].filter((job) => job.repositoryId === id && !isTerminal(job.status)).map((job) => job.jobId)
  return jobs.length > 0 || isCalled(repository, known)
    ? E.left({ tag: 'RepositoryBusy', repositoryId: id, jobs })
    : E.right(then(repository))
}

const isCalled = (repository: RepositoryState, { calls, repositories }: Known): boolean => {
  const keys = claimKeysOf(repository)
  return [...calls.values()].some(({ claim }) => keysWith(claim.key, repositories).some((key) => keys.includes(key)))
}
