/**
 * The one decision of the ledger: a command on the state gives a refusal, or events, or nothing because it is already so.
 *
 * After every decision the due instants that wait and the queue are looked at, and what can start starts in the same commit: a free slot
 * never waits for a wake-up. Whoever is to be told of what happened is told by that commit too, so that a notification always agrees with what is recorded.
 */
import * as E from 'fp-ts/lib/Either.js'
import { decideCall } from './call/index.js'
import type { Command } from './command.js'
import type { DomainEvent } from './event.js'
import { decideJob, dispatch } from './job/index.js'
import { decideNotification, notify } from './notification/index.js'
import { decideOwner } from './owner/index.js'
import type { Refusal } from './refusal.js'
import { decideRepository } from './repository/index.js'
import { decideSchedule, settleTicks } from './schedule/index.js'
import { decideScript } from './script/index.js'
import { decideSettings } from './settings/index.js'
import { foresee, type LedgerState } from './state.js'
import { decideToken } from './token/index.js'

export interface Circumstances {
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string
  readonly actor: string
}

export interface Decided {
  /** Empty when it is so already. */
  readonly events: ReadonlyArray<DomainEvent>
  /** The state behind them. */
  readonly after: LedgerState
}

/** Decides, and folds what was decided: the state behind a decision is needed for the dispatch in any case. */
export const decideAndFold = (command: Command, state: LedgerState, circumstances: Circumstances): E.Either<Refusal, Decided> => {
  const decided = decideNoun(command, state, circumstances.at)
  if (E.isLeft(decided)) return decided
  if (decided.right.length === 0) return E.right({ events: [], after: state })
  const after = foresee(state, decided.right, circumstances)
  const settled = settleTicks(after, circumstances.at)
  const then = settled.length === 0 ? after : foresee(after, settled, circumstances)
  const { dispatching, host } = then.owner
  const started = dispatching && host !== null ? dispatch({ ...then, host }) : []
  const events = [...decided.right, ...settled, ...started]
  const told = notify(events, state)
  return E.right({ events: [...events, ...told], after: foresee(then, [...started, ...told], circumstances) })
}

export const decide = (command: Command, state: LedgerState, circumstances: Circumstances): E.Either<Refusal, ReadonlyArray<DomainEvent>> =>
  E.map(({ events }: Decided) => events)(decideAndFold(command, state, circumstances))

const decideNoun = (command: Command, state: LedgerState, at: string): E.Either<Refusal, ReadonlyArray<DomainEvent>> => {
  switch (command.type) {
    case 'RegisterRepository':
    case 'ChangeRepository':
    case 'RemoveRepository':
      return decideRepository(command, state)
    case 'AddNotificationTarget':
    case 'ChangeNotificationTarget':
    case 'RemoveNotificationTarget':
    case 'TestNotificationTarget':
    case 'ReportDelivery':
      return decideNotification(command, state, at)
    case 'BeginCall':
    case 'EndCall':
      return decideCall(command, state)
    case 'AddScript':
    case 'ChangeScript':
    case 'RemoveScript':
      return decideScript(command, state)
    case 'CreateToken':
    case 'RevokeToken':
      return decideToken(command, state.tokens)
    case 'AddSchedule':
    case 'ChangeSchedule':
    case 'RemoveSchedule':
    case 'RunSchedule':
    case 'FireDue':
    case 'TendSchedules':
      return decideSchedule(command, state, at)
    case 'ChangeSettings':
      return decideSettings(command, state.settings)
    case 'StartOwner':
    case 'OpenDispatch':
    case 'CloseDispatch':
      return decideOwner(command, state.owner)
    default:
      return decideJob(command, state, at)
  }
}
