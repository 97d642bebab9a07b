/**
 * A ledger of nothing but its rules: commands are decided and folded as the engine does it, and the history is an array.
 */
import {
  type Command,
  type DomainEvent,
  decide,
  dispatch,
  evolveAll,
  foresee,
  initialState,
  type LedgerState,
  type Recorded,
  type Refusal,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { withJobOf } from './finished-jobs.js'
import { afterFirst } from './samples.js'

export interface MemoryLedger {
  readonly state: () => LedgerState
  readonly history: () => ReadonlyArray<Recorded<DomainEvent>>
  /** Decides and, unless refused, records. */
  readonly submit: (command: Command) => E.Either<Refusal, ReadonlyArray<Recorded<DomainEvent>>>
  /** Would decide, and records nothing. */
  readonly consider: (command: Command) => E.Either<Refusal, ReadonlyArray<DomainEvent>>
  /** Records facts that no command leads to yet, and what the dispatch makes of them. */
  readonly record: (...events: ReadonlyArray<DomainEvent>) => ReadonlyArray<Recorded<DomainEvent>>
  /** The present: when what is submitted next is recorded. */
  readonly now: () => string
  /** Time goes on; back, for less than nothing. */
  readonly wait: (ms: number) => void
}

export const memoryLedger = (...facts: ReadonlyArray<DomainEvent | ReadonlyArray<DomainEvent>>): MemoryLedger => {
  const history: Recorded<DomainEvent>[] = []
  let state = initialState
  let nowMs = 0
  const circumstances = () => ({ at: afterFirst(nowMs), actor: 'user:anna' })

  const append = (events: ReadonlyArray<DomainEvent>): ReadonlyArray<Recorded<DomainEvent>> => {
    const recorded = events.map((event, index) => ({ event, position: state.position + index + 1, ...circumstances() }))
    history.push(...recorded)
    state = evolveAll(state, recorded)
    return recorded
  }
  const consider: MemoryLedger['consider'] = (command) => decide(command, withJobOf(command, state, history), circumstances())
  const record: MemoryLedger['record'] = (...events) => {
    const after = foresee(state, events, circumstances())
    const { host, dispatching } = after.owner
    return append(dispatching && host !== null ? [...events, ...dispatch({ ...after, host })] : events)
  }
  append(facts.flat())
  return {
    state: () => state,
    history: () => history,
    consider,
    submit: (command) => E.map(append)(consider(command)),
    record,
    now: () => afterFirst(nowMs),
    wait: (ms) => void (nowMs += ms),
  }
}
