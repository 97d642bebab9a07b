/**
 * The calls of borg that are no jobs, each under its claim: meeting a repository, listing its archives, breaking its lock.
 */
import {
  type ArchiveList,
  type ArchiveListed,
  type ArchivesChange,
  type CallOutcome,
  changeTo,
  type LedgerState,
  outcomeOfCall,
  type RepositoryAccess,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { ReadModels } from '../ports/read-models.js'
import type { Runner, RunnerProblem } from '../ports/runner.js'
import type { Projector } from '../project/projector.js'
import type { SubmitError } from '../submit/submission.js'
import { type Meeting, type Met, meet } from './meet.js'
import { type Claiming, underClaim } from './under-claim.js'

export interface CallsDeps extends Claiming {
  readonly state: () => LedgerState
  readonly runner: Runner
  readonly readModels: ReadModels
  readonly projector: Projector
}

export interface LockBroken {
  readonly outcome: CallOutcome
  /** Who held it right before, as borg names them; null when that cannot be seen. */
  readonly holders: ReadonlyArray<string> | null
  readonly error: { readonly code: string; readonly message: string } | null
}

/** Left of every call: refused (`RepositoryBusy` names the jobs in the way), or it could not be recorded. */
export interface Calls {
  /** The archives are listed, and recorded. */
  readonly list: (repositoryId: string, actor: string) => Promise<E.Either<SubmitError, E.Either<RunnerProblem, void>>>
  readonly breakLock: (repositoryId: string, reason: string, actor: string) => Promise<E.Either<SubmitError, LockBroken>>
  /** `then` is called with what stands at the location, while the claim is held; a repository that it registers gets the list of archives. */
  readonly meet: <A>(
    meeting: Meeting & { readonly actor: string },
    then: (met: Met) => Promise<A>,
  ) => Promise<E.Either<SubmitError, E.Either<RunnerProblem, A>>>
}

export const createCalls = (deps: CallsDeps): Calls => ({
  list: (repositoryId, actor) =>
    underClaim(deps, { about: { repositoryId }, call: { kind: 'list' }, actor }, async () => {
      const listed = await deps.runner.archives(accessOf(deps, repositoryId))()
      if (E.isLeft(listed)) return { answer: listed, archives: null }
      return { answer: E.right(undefined), archives: await changeOf(deps, repositoryId, listed.right) }
    }),
  breakLock: async (repositoryId, reason, actor) => {
    const repository = deps.state().repositories.get(repositoryId)
    const holders = repository === undefined ? null : await deps.runner.lockHolders(repository.access)()
    const call = { kind: 'break-lock', reason, holders } as const
    const broken = await underClaim(deps, { about: { repositoryId }, call, actor }, async () => ({
      answer: await deps.runner.breakLock(accessOf(deps, repositoryId))(),
      archives: null,
    }))
    return E.map((answer: E.Either<RunnerProblem, void>) => {
      const error = E.isLeft(answer) ? { code: answer.left.code, message: answer.left.message } : null
      return { outcome: outcomeOfCall(call, error), holders, error }
    })(broken)
  },
  meet: ({ access, encryption, actor }, then) =>
    underClaim(
      deps,
      { about: { location: access.location }, call: { kind: encryption === null ? 'identify' : 'init' }, actor },
      async () => {
        const met = await meet(deps, { access, encryption })
        if (E.isLeft(met)) return { answer: met, archives: null }
        const answer = E.right(await then(met.right))
        const registered = [...deps.state().repositories.values()].find((other) => other.access.location === access.location)
        const { archives } = met.right
        if (registered === undefined || archives === null) return { answer, archives: null }
        return { answer, archives: await changeOf(deps, registered.repositoryId, archives) }
      },
    ),
})

/** Under its claim a repository neither moves nor goes. */
const accessOf = ({ state }: CallsDeps, repositoryId: string): RepositoryAccess => {
  const repository = state().repositories.get(repositoryId)
  if (repository === undefined) throw new Error(`repository ${repositoryId} is gone while it is claimed`)
  return repository.access
}

/** While a call holds its claim no job changes what is recorded. */
const changeOf = async (
  { projector, readModels, state }: CallsDeps,
  repositoryId: string,
  listed: ReadonlyArray<ArchiveListed>,
): Promise<ArchivesChange> => {
  await projector.reached(state().position)
  const recorded: ArchiveList = await readModels.archives(repositoryId)()
  return changeTo(listed, recorded)
}
