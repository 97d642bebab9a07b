/**
 * What stands at a location that is about to be registered: which repository, and which archives. Makes one if asked to and there is none.
 */
import type { ArchiveListed, LedgerState, RepositoryAccess } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Runner, RunnerProblem } from '../ports/runner.js'

export interface Meeting {
  readonly access: RepositoryAccess
  /** Of the repository to be made if there is none; null: none is made. */
  readonly encryption: string | null
}

export interface Met {
  /** Borg's own id; null when nothing can be seen there now. */
  readonly borgId: string | null
  /** It was made just now. */
  readonly created: boolean
  /** Null when they could not be listed. */
  readonly archives: ReadonlyArray<ArchiveListed> | null
}

/**
 * A repository that cannot be seen now (a disk that is not mounted, a server that is down) is no problem; one to be made must be. Left: it could
 * not be made, or the ledger was closed meanwhile.
 */
export const meet = async (
  { runner, state }: { readonly runner: Runner; readonly state: () => LedgerState },
  { access, encryption }: Meeting,
): Promise<E.Either<RunnerProblem, Met>> => {
  const there = await runner.identify(access)()
  if (E.isRight(there)) {
    const { borgId } = there.right
    const isKnown = [...state().repositories.values()].some((repository) => repository.borgId === borgId)
    // It will be refused; another claim than ours may be held on it.
    if (isKnown) return E.right({ borgId, created: false, archives: null })
    const listed = await runner.archives(access)()
    if (wasClosed(listed)) return listed
    return E.right({ borgId, created: false, archives: E.isRight(listed) ? listed.right : null })
  }
  if (wasClosed(there)) return there
  if (encryption === null) return E.right({ borgId: null, created: false, archives: null })
  const made = await runner.create(access, encryption)()
  return E.isLeft(made) ? made : E.right({ borgId: made.right.borgId, created: true, archives: [] })
}

const wasClosed = (answer: E.Either<RunnerProblem, unknown>): answer is E.Left<RunnerProblem> =>
  E.isLeft(answer) && answer.left.tag === 'Closed'
