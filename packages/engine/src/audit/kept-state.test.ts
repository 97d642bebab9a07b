import { evolveAll, initialState, type LedgerState, stateShape, stateToText } from '@borgledger/domain'
import { decodeCommit } from '@borgledger/eventstore'
import { generatedHistory, looseLog } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../feed/decode.js'
import { foldReadModels } from '../fixtures/fold-read-models.js'
import type { Snapshot } from '../ports/snapshots.js'
import { digestOf } from '../snapshot/restore.js'
import { verifyLedger } from './verify.js'

const history = [...generatedHistory({ jobs: 12, seed: 20_261_103 })]
const middle = history[Math.floor(history.length / 2)] ?? history[0]
if (middle === undefined) throw new Error('the history is empty')

/** The state in the middle of the history, changed or not, as it would have been kept. */
const kept = (change: (state: LedgerState) => LedgerState = (state) => state): Snapshot => {
  const events = history.filter(({ last }) => last <= middle.last).flatMap((commit) => decodePage(decodeCommit(commit)))
  const state = stateToText(change(evolveAll(initialState, events)))
  return { position: middle.last, hash: middle.hash, shape: stateShape, state, digest: digestOf(state) }
}
const verify = (snapshot: Snapshot) => {
  const readModels = { snapshots: { ...foldReadModels().snapshots, newest: () => Promise.resolve(snapshot) }, compare: nothingToCompare }
  return verifyLedger({ store: looseLog(history), readModels })
}
const nothingToCompare = async () => ({ position: 0, take: async () => undefined, finish: async () => null, close: async () => undefined })

test('a kept state that is the fold of the log up to there is fine', async () => {
  assert.ok((await verify(kept())).ok)
})

test('one that is another is named', async () => {
  const { ok, divergence } = await verify(kept((state) => ({ ...state, settings: { ...state.settings, logRetentionDays: 1 } })))
  assert.equal([ok, divergence?.cause, divergence?.row?.table, divergence?.row?.row], [false, 'tables', 'snapshot', String(middle.last)])
})

test('one that no start would use is none of the matter', async () => {
  const wrong = kept((state) => ({ ...state, jobs: new Map() }))
  assert.ok((await verify({ ...wrong, shape: 'older' })).ok)
  assert.ok((await verify({ ...wrong, hash: 'f'.repeat(64) })).ok)
})

test.run()
