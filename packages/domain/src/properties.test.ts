/**
 * Whatever happens, and in whatever order: random lives of a ledger over four registrations of three borg repositories, all eight types.
 *
 * `BORGLEDGER_PROPERTY_RUNS` asks for more than the pinned few; a failure prints seed and path.
 */
import { deepStrictEqual } from 'node:assert/strict'
import {
  type Action,
  childrenAreUnderTheirParents,
  claimsNeverOverlap,
  everyJobLivesOnce,
  everyPostScriptRunsOnce,
  type MemoryLedger,
  nobodyWaitsInVain,
  playerOn,
  propertySettings,
  startIsWithinLimit,
} from '@borgledger/testkit'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import type { Command } from './command.js'
import { type DomainEvent, fromStored, toStored } from './event.js'
import { lives, newLedger } from './fixtures/lives.js'
import { dispatch } from './job/index.js'
import { evolve, evolveAll, foresee, initialState } from './state.js'
import type { StoredShape } from './upcast.js'

/** Plays each life on a ledger that `watch` may wrap, and looks at it after every action. */
const inEveryLife = (
  numRuns: number,
  look: (ledger: MemoryLedger, action: Action) => void,
  watch: (ledger: MemoryLedger) => MemoryLedger = (ledger) => ledger,
): void =>
  fc.assert(
    fc.property(lives, (actions) => {
      const ledger = watch(newLedger())
      const play = playerOn(ledger)
      for (const action of actions) {
        play(action)
        look(ledger, action)
      }
    }),
    propertySettings(numRuns),
  )

test('a job is requested once, starts at most once, and ends at most once', () => {
  inEveryLife(100, (ledger) => everyJobLivesOnce(ledger.history()))
})

test('every post-script that is due runs once, after the ending is decided and before the end', () => {
  inEveryLife(100, (ledger) => everyPostScriptRunsOnce(ledger.history()))
})

test('claims never overlap, also where two registrations are one borg repository', () => {
  inEveryLife(100, (ledger) => claimsNeverOverlap(ledger.state()))
})

test('a child runs under its parent, which outlives it', () => {
  inEveryLife(100, (ledger) => childrenAreUnderTheirParents(ledger.state()))
})

test('no start goes beyond the limit that is in force at that moment', () => {
  inEveryLife(100, (ledger) => {
    let state = initialState
    for (const recorded of ledger.history()) {
      state = evolve(state, recorded)
      startIsWithinLimit(recorded.event, state)
    }
  })
})

test('after every decision nobody waits who could start', () => {
  inEveryLife(100, (ledger) => {
    nobodyWaitsInVain(ledger.state())
    const { owner, ...world } = ledger.state()
    if (owner.dispatching && owner.host !== null)
      deepStrictEqual(
        dispatch({ ...world, host: owner.host }).filter(({ type }) => type === 'JobStarted'),
        [],
      )
  })
})

/** Holds every decision to the law, right where it is made. */
const lawful = (ledger: MemoryLedger): MemoryLedger => ({
  ...ledger,
  submit: (command: Command) => {
    const decided = ledger.submit(command)
    const again = ledger.consider(command)
    if (command.type !== 'StartOwner' && E.isRight(again)) deepStrictEqual(again.right, [], `${command.type} again`)
    return decided
  },
})

test('a command decided again once its events are folded yields nothing, or is refused', () => {
  inEveryLife(100, () => undefined, lawful)
})

test('what a decision foresees is what is folded once it is recorded', () => {
  const meta = { at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' }
  const foreseeing = (ledger: MemoryLedger): MemoryLedger => ({
    ...ledger,
    submit: (command) => {
      const before = ledger.state()
      const decided = ledger.submit(command)
      if (E.isRight(decided) && decided.right.length > 0) {
        const { at } = decided.right[0] ?? meta
        deepStrictEqual(
          foresee(
            before,
            decided.right.map(({ event }) => event),
            { ...meta, at },
          ),
          ledger.state(),
        )
      }
      return decided
    },
  })
  inEveryLife(60, () => undefined, foreseeing)
})

test('the whole history, stored and read again, folds to the same state', () => {
  const throughStore = (event: DomainEvent): DomainEvent => {
    const read = fromStored(JSON.parse(JSON.stringify(toStored(event))) as StoredShape)
    if (E.isLeft(read)) throw new Error(read.left)
    return read.right
  }
  fc.assert(
    fc.property(lives, (actions) => {
      const ledger = newLedger()
      actions.forEach(playerOn(ledger))
      const read = ledger.history().map((recorded) => ({ ...recorded, event: throughStore(recorded.event) }))
      deepStrictEqual(evolveAll(initialState, read), ledger.state())
    }),
    propertySettings(60),
  )
})

test.run()
