/** Start-up cleanup over whatever a host may have left: what it saw once, it decides once. */
import { deepStrictEqual } from 'node:assert/strict'
import { type MemoryLedger, playerOn, propertySettings } from '@borgledger/testkit'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventOf } from '../event.js'
import { lives, newLedger } from '../fixtures/lives.js'
import { rulesVersion } from '../rules-version.js'

type Traces = EventOf<'JobRecovered'>['traces']
const traces: fc.Arbitrary<Traces> = fc.constantFrom(
  { report: 'never', liveness: 'gone' },
  { report: 'none', liveness: 'alive' },
  { report: 'none', liveness: 'gone' },
  { report: 'none', liveness: 'unknown' },
  { report: 'ended', liveness: 'gone' },
)

/** Looks at every job that runs, the same way each time. Gives what was decided. */
const cleanUp = (ledger: MemoryLedger, seen: ReadonlyArray<Traces>): ReadonlyArray<string> => {
  const running = [...ledger.state().jobs.values()].filter(({ status }) => status === 'running')
  return running.flatMap(({ jobId, order }) => {
    const decided = ledger.submit({ type: 'RecoverJob', jobId, traces: seen[order % seen.length] as Traces })
    return E.isRight(decided) ? decided.right.map(({ event }) => `${event.type} ${jobId}`) : [`refused ${jobId}`]
  })
}

let decisions = 0

test('cleanup that is run twice changes nothing the second time, and leaves every claim where it was', () => {
  fc.assert(
    fc.property(lives, fc.array(traces, { minLength: 1, maxLength: 7 }), (actions, seen) => {
      const ledger = newLedger()
      const play = playerOn(ledger)
      for (const action of actions) play(action)
      ledger.submit({ type: 'StartOwner', host: 'host-b', software: '1', rules: rulesVersion })
      decisions += cleanUp(ledger, seen).length
      const state = ledger.state()
      deepStrictEqual(cleanUp(ledger, seen), [])
      assert.is(ledger.state(), state)
    }),
    propertySettings(100),
  )
})

test('there was something to decide', () => {
  assert.ok(decisions > 50, `${decisions} decisions`)
})

test.run()
