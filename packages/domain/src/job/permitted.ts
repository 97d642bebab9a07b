/**
 * What may not be asked for here and now, though it is well said: the settings, the registered repositories or the scripts stand against it.
 */
import type { Problem } from '../codec/index.js'
import type { RepositoryState } from '../repository/state.js'
import type { Scripts } from '../script/state.js'
import type { Settings } from '../settings/events.js'
import { destinationProblem } from './destination.js'
import type { Work } from './spec.js'

interface Surroundings {
  readonly settings: Settings
  readonly repositories: ReadonlyMap<string, RepositoryState>
  readonly scripts: Scripts
}

/** None when it may be done. Paths are those of the request's body. */
export const permissionProblems = (work: Work, surroundings: Surroundings): ReadonlyArray<Problem> => {
  switch (work.type) {
    case 'backup':
      return (work.spec.scripts ?? []).flatMap(({ id }, index) =>
        problemAt(`scripts.${index}.id`, surroundings.scripts.has(id) ? null : 'expected the id of a script', id),
      )
    case 'restore': {
      const { destination } = work.spec
      return problemAt('destination.path', destinationProblem(destination, surroundings), destination.path)
    }
    case 'package-install': {
      const isAllowed = surroundings.settings.allowedPackages.includes(work.spec.package)
      return problemAt('package', isAllowed ? null : 'expected a package that allowedPackages lists', work.spec.package)
    }
    default:
      return []
  }
}

const problemAt = (path: string, problem: string | null, got: string): ReadonlyArray<Problem> =>
  problem === null ? [] : [{ path, message: `${problem}, got ${JSON.stringify(got)}` }]
