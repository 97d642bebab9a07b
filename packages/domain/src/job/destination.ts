/**
 * Where nothing is restored to: into a repository, above one, or into a directory of the system, unless an admin allowed it.
 *
 * By the look of paths alone; links are seen before the run, where there is a file system to ask.
 */
import type { RepositoryState } from '../repository/state.js'
import type { Settings } from '../settings/events.js'
import type { Destination } from './spec.js'

/** These and all below them belong to the system. */
const systemTrees = /^\/(etc|usr|bin|sbin|lib\w*|boot|dev|proc|sys)(\/|$)/
/** These hold more than one thing each: what is below them may be fine. */
const crowded: ReadonlySet<string> = new Set(['/', '/var', '/var/lib', '/run'])

interface Surroundings {
  readonly settings: Pick<Settings, 'allowedDestinations'>
  readonly repositories: ReadonlyMap<string, RepositoryState>
}

/** What is wrong with it; null when something may be restored there. */
export const destinationProblem = (destination: Destination, { settings, repositories }: Surroundings): string | null => {
  const path = normalised(destination.path)
  const here = 'ssh' in destination ? [] : [...repositories.values()]
  const into = here.find((repository) => isWithin(path, placeOf(repository)))
  if (into !== undefined) return `expected no path in a repository (${into.repositoryId})`
  if (settings.allowedDestinations.some((allowed) => isWithin(path, normalised(allowed)))) return null
  if (crowded.has(path) || systemTrees.test(path)) return 'expected no directory of the system, unless allowedDestinations lists it'
  const above = here.find((repository) => isWithin(placeOf(repository), path))
  return above === undefined ? null : `expected no path above a repository (${above.repositoryId}), unless allowedDestinations lists it`
}

/** Null when it is elsewhere, or nobody can say by its text where it is. */
const placeOf = ({ remote, access }: RepositoryState): string | null => {
  const path = access.location.replace(/^file:\/\//, '')
  return remote || !path.startsWith('/') ? null : normalised(path)
}

const isWithin = (path: string | null, tree: string | null): boolean =>
  path !== null && tree !== null && (path === tree || path.startsWith(tree === '/' ? tree : `${tree}/`))

/** Without `.`, `..`, double and trailing slashes. */
const normalised = (path: string): string => {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  return `/${kept.join('/')}`
}
