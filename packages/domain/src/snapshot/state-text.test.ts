import { deepStrictEqual } from 'node:assert/strict'
import { playerOn, propertySettings } from '@borgledger/testkit'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { lives, newLedger } from '../fixtures/lives.js'
import { evolveAll, initialState, type LedgerState } from '../state.js'
import { isTextOf, stateFromText, stateToText } from './state-text.js'

const restored = (text: string): LedgerState => {
  const state = stateFromText(text)
  if (E.isLeft(state)) throw new Error(state.left)
  return state.right
}

test('a state kept at any position and the events after it lead to what all events lead to, byte for byte', () => {
  fc.assert(
    fc.property(lives, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (actions, cuts) => {
      const ledger = newLedger()
      actions.forEach(playerOn(ledger))
      const history = ledger.history()
      const whole = evolveAll(initialState, history)
      for (const cut of cuts.map((at) => at % (history.length + 1))) {
        const kept = stateToText(evolveAll(initialState, history.slice(0, cut)))
        const state = evolveAll(restored(kept), history.slice(cut))
        assert.is(stateToText(state), stateToText(whole))
        deepStrictEqual(state, restored(stateToText(whole)))
      }
    }),
    propertySettings(100),
  )
})

test('a text that is built otherwise is refused, and says where', () => {
  const text = stateToText(initialState)
  const otherwise: ReadonlyArray<readonly [string, RegExp]> = [
    [text.replace('"position":0,', ''), /^state\.position is/],
    [text.replace('"position":0', '"position":"0"'), /^state\.position is/],
    [text.replace('"jobs":{"#map":[]}', '"jobs":[]'), /^state\.jobs is/],
    [text.replace('"dispatching":false', '"dispatching":0'), /^state\.owner\.dispatching is/],
    [text.replace('"position":0', '"position":0,"more":1'), /^state\.more is/],
    ['null', /^state is/],
    ['{"position":', /JSON/],
  ]
  for (const [changed, why] of otherwise) {
    const state = stateFromText(changed)
    assert.match(E.isLeft(state) ? state.left : 'taken', why)
  }
})

test('a text is that of a state whatever the order of its fields, and of no other', () => {
  const { position, ...rest } = initialState
  const text = stateToText({ ...rest, position })
  assert.is.not(text, stateToText(initialState))
  assert.ok(isTextOf(text, initialState))
  assert.not(isTextOf(text, { ...initialState, position: 1 }))
  assert.not(isTextOf('{', initialState))
})

test.run()
