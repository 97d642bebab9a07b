import { createHash } from 'node:crypto'
import { backupDone, everyEvent } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { evolve, initialState } from '../state.js'
import { stateStructure } from './state-shape.js'
import { addStructure } from './structure.js'

/** The paths of every state on the way through the samples of all events, and a whole backup. */
const paths = (): ReadonlySet<string> => {
  const seen = new Set<string>()
  const events = [...Object.values(everyEvent).flat(), ...backupDone('job_after_all')]
  let state = initialState
  addStructure(state, seen)
  for (const [index, event] of events.entries()) {
    state = evolve(state, { event, position: index + 1, at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' })
    addStructure(state, seen)
  }
  return seen
}

test('the shape of the decision state has the name that the program gives it', () => {
  const found = createHash('sha256')
    .update([...paths()].sort().join('\n'))
    .digest('hex')
    .slice(0, 16)
  assert.is(stateStructure, found, `the decision state has another shape: make \`structure\` in state-shape.ts '${found}'`)
})

test('the samples lead through every part of the state', () => {
  const seen = [...paths()]
  for (const [part, value] of Object.entries(initialState))
    if (value instanceof Map)
      assert.ok(
        seen.some((path) => path.startsWith(`.${part}{}`)),
        `no sample fills ${part}`,
      )
})

test.run()
