/**
 * What must be known of the repositories to decide, as a fold of their events.
 */
import type { RepositoryAccess, RepositoryEvent } from './events.js'

export interface RepositoryState {
  readonly repositoryId: string
  readonly name: string
  readonly access: RepositoryAccess
  readonly remote: boolean
  readonly borgId: string | null
}

type Repositories = ReadonlyMap<string, RepositoryState>

export const evolveRepositories = (all: Repositories, event: RepositoryEvent): Repositories => {
  const { repositoryId } = event
  if (event.type === 'RepositoryRegistered') {
    const { name, access, remote, borgId } = event
    return new Map(all).set(repositoryId, { repositoryId, name, access, remote, borgId })
  }
  const known = all.get(repositoryId)
  if (known === undefined) return all
  switch (event.type) {
    case 'ArchivesListed':
      return all
    case 'RepositoryIdentified':
      return new Map(all).set(repositoryId, { ...known, borgId: event.borgId })
    case 'RepositoryChanged':
      return new Map(all).set(repositoryId, { ...known, name: event.name, access: event.access, remote: event.remote })
    case 'RepositoryRemoved': {
      const rest = new Map(all)
      rest.delete(repositoryId)
      return rest
    }
  }
}

/** What a claim stands under where borg's own id is not known. */
export const locationKeyOf = (location: string): string => `location:${location}`

/** What a claim on this repository may stand under: borg's own id first, where it is known, and the location. */
export const claimKeysOf = (repository: RepositoryState): ReadonlyArray<string> => {
  const byLocation = locationKeyOf(repository.access.location)
  return repository.borgId === null ? [byLocation] : [repository.borgId, byLocation]
}
