/**
 * Call rules: a call begins when nobody holds a claim that stands in its way, and is refused otherwise: it never waits.
 *
 * A job that waits for other jobs does not keep it from beginning: it is short. One that waits for nothing but calls does, or a run of calls
 * that share the repository could keep it waiting for ever.
 */
import * as E from 'fp-ts/lib/Either.js'
import { heldClaims, inTheWay, keysWith } from '../claims.js'
import type { DomainEvent } from '../event.js'
import type { Refusal } from '../refusal.js'
import { claimKeysOf, locationKeyOf, type RepositoryState } from '../repository/state.js'
import type { LedgerState } from '../state.js'
import type { CallCommand, CallCommandOf } from './commands.js'
import { type Call, type CallError, type CallOutcome, claimOfCall } from './events.js'
import type { CallState } from './state.js'

type Decision = E.Either<Refusal, ReadonlyArray<DomainEvent>>

/** Left: `RepositoryNotFound`, `RepositoryBusy` (begin). Ending a call that is not under way is already so. */
export const decideCall = (command: CallCommand, state: LedgerState): Decision =>
  command.type === 'BeginCall' ? begin(command, state) : E.right(end(command, state))

const begin = ({ callId, about, call }: CallCommandOf<'BeginCall'>, state: LedgerState): Decision => {
  if (state.calls.has(callId)) return E.right([])
  const repositoryId = 'repositoryId' in about ? about.repositoryId : null
  const key = 'location' in about ? locationKeyOf(about.location) : keyOf(state.repositories.get(about.repositoryId))
  if (key === undefined) return E.left({ tag: 'RepositoryNotFound', repositoryId: repositoryId ?? '' })
  const claim = { key, mode: claimOfCall(call) }
  const keys = keysWith(key, state.repositories)
  const busy = inTheWay({ keys, mode: claim.mode }, heldClaims(state))
  const waiting = waitingForCalls(keys, state)
  if (busy.length === 0 && waiting.length === 0) return E.right([{ type: 'CallBegan', callId, repositoryId, call, claim }])
  const jobs = [...busy.flatMap(({ jobId }) => jobId ?? []), ...waiting]
  return E.left({ tag: 'RepositoryBusy', repositoryId: 'location' in about ? about.location : about.repositoryId, jobs })
}

/** The jobs that would run on this repository were it not for the calls that are under way. */
const waitingForCalls = (keys: ReadonlyArray<string>, { calls, jobs, repositories }: LedgerState): ReadonlyArray<string> => {
  const isCalled = [...calls.values()].some(({ claim }) => keysWith(claim.key, repositories).some((key) => keys.includes(key)))
  if (!isCalled) return []
  return [...jobs.values()].flatMap(({ jobId, heldBack, repositoryId }) => {
    const repository = repositoryId === null ? undefined : repositories.get(repositoryId)
    const isMeant = repository !== undefined && claimKeysOf(repository).some((key) => keys.includes(key))
    return isMeant && heldBack?.reason === 'repository-busy' && heldBack.jobs.length === 0 ? [jobId] : []
  })
}

const keyOf = (repository: RepositoryState | undefined): string | undefined => repository && claimKeysOf(repository)[0]

const end = ({ callId, error, archives }: CallCommandOf<'EndCall'>, state: LedgerState): ReadonlyArray<DomainEvent> => {
  const call = state.calls.get(callId)
  if (call === undefined) return []
  const repositoryId = repositoryOf(call, state)
  const ended: DomainEvent = { type: 'CallEnded', callId, repositoryId, outcome: outcomeOfCall(call.call, error), error }
  if (archives === null || repositoryId === null) return [ended]
  return [{ type: 'ArchivesListed', repositoryId, ...archives }, ended]
}

/** The one that it was about, or that was registered meanwhile at its location. */
const repositoryOf = ({ repositoryId, claim }: CallState, { repositories }: LedgerState): string | null => {
  if (repositoryId !== null) return repositories.has(repositoryId) ? repositoryId : null
  const registered = [...repositories.values()].find((repository) => claimKeysOf(repository).includes(claim.key))
  return registered?.repositoryId ?? null
}

/** By what was asked, and by whether it failed. */
export const outcomeOfCall = (call: Call, error: CallError | null): CallOutcome => {
  if (error !== null) return 'failed'
  if (call.kind !== 'break-lock') return 'done'
  return call.holders?.length === 0 ? 'not-needed' : 'broken'
}
