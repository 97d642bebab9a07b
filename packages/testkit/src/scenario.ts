/**
 * given / when / then over the domain's one decision. Throws an `AssertionError` with the difference when it is not as said.
 *
 * Every `then` also holds the command to the law of deciders: decided again once its events are folded, it yields nothing or is refused.
 * `whenEachTime` is for the few commands that are recorded every time.
 */
import { deepStrictEqual, fail } from 'node:assert/strict'
import {
  type Circumstances,
  type Command,
  type DomainEvent,
  decide,
  evolveAll,
  initialState,
  type Recorded,
  type Refusal,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { withJobOf } from './finished-jobs.js'
import { atFirst } from './samples.js'

type Facts = ReadonlyArray<DomainEvent | ReadonlyArray<DomainEvent>>
type History = ReadonlyArray<Recorded<DomainEvent>>

export interface Scene {
  /** More facts, recorded at another instant. */
  readonly later: (at: string, ...facts: Facts) => Scene
  /** By `user:anna`, at the instant of the last facts, unless `circumstances` say otherwise. */
  readonly when: (command: Command, circumstances?: Partial<Circumstances>) => Decided
  readonly whenEachTime: (command: Command, circumstances?: Partial<Circumstances>) => Decided
}

export interface Decided {
  /** Exactly these events, in this order. */
  readonly thenExactly: (...events: Facts) => void
  /** Events of exactly these types, in this order. */
  readonly thenTypes: (...types: ReadonlyArray<DomainEvent['type']>) => void
  /** A refusal with this tag; its other fields too, where they are given. */
  readonly thenRefused: (tag: Refusal['tag'], fields?: Readonly<Record<string, unknown>>) => void
  /** It is already so. */
  readonly thenNothing: () => void
  readonly decision: E.Either<Refusal, ReadonlyArray<DomainEvent>>
}

/** The facts so far, each an event or a list of them, recorded at `atFirst`. */
export const given = (...facts: Facts): Scene => scene([], atFirst, facts)

const scene = (before: History, at: string, facts: Facts): Scene => {
  const history = [...before, ...recorded(facts.flat(), before.length, { at, actor: 'user:anna' })]
  return {
    later: (instant, ...more) => scene(history, instant, more),
    when: (command, circumstances) => decideOn(history, command, { at, actor: 'user:anna', ...circumstances }, true),
    whenEachTime: (command, circumstances) => decideOn(history, command, { at, actor: 'user:anna', ...circumstances }, false),
  }
}

const recorded = (events: ReadonlyArray<DomainEvent>, after: number, circumstances: Circumstances): History =>
  events.map((event, index) => ({ event, position: after + index + 1, ...circumstances }))

const decideOn = (history: History, command: Command, circumstances: Circumstances, lawful: boolean): Decided => {
  const decideAfter = (facts: History) => decide(command, withJobOf(command, evolveAll(initialState, facts), facts), circumstances)
  const decision = decideAfter(history)
  const lawHolds = (): void => {
    if (!lawful || E.isLeft(decision)) return
    const again = decideAfter([...history, ...recorded(decision.right, history.length, circumstances)])
    if (E.isRight(again)) deepStrictEqual(again.right, [], `${command.type}, decided again, is not already so`)
  }
  const events = (): ReadonlyArray<DomainEvent> =>
    E.isRight(decision) ? decision.right : fail(`${command.type} was refused: ${JSON.stringify(decision.left)}`)
  return {
    thenExactly: (...expected) => {
      deepStrictEqual(events(), expected.flat())
      lawHolds()
    },
    thenTypes: (...types) => {
      deepStrictEqual(
        events().map((event) => event.type),
        types,
      )
      lawHolds()
    },
    thenRefused: (tag, fields) => refusedBy(decision, tag, fields),
    thenNothing: () => deepStrictEqual(events(), []),
    decision,
  }
}

const refusedBy = (decision: Decided['decision'], tag: Refusal['tag'], fields?: Readonly<Record<string, unknown>>): void => {
  if (E.isRight(decision)) fail(`expected the refusal ${tag}, got ${JSON.stringify(decision.right.map((event) => event.type))}`)
  // Not left to assert's own words: Node 24 writes the difference of two texts letter by letter.
  if (decision.left.tag !== tag) fail(`expected the refusal ${tag}, got ${JSON.stringify(decision.left)}`)
  if (fields !== undefined) deepStrictEqual(decision.left, { tag, ...fields })
}
