import { inMemoryEventStore } from '@borgledger/eventstore'
import { generatedHistory } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashAt } from './hash-at.js'

const history = [...generatedHistory({ jobs: 3, seed: 20_261_103 })]
const log = inMemoryEventStore()
test.before(async () => {
  await log.restore(inOnePage())()
})

async function* inOnePage() {
  yield history
}

test('where a commit ends its hash stands, and within a commit there is none', async () => {
  for (const { first, last, hash } of history)
    for (let position = first; position <= last; position += 1) assert.is(await hashAt(log, position), position === last ? hash : null)
})

test('behind the end of the log, and before its beginning, there is none', async () => {
  assert.is(await hashAt(log, (history.at(-1)?.last ?? 0) + 1), null)
  assert.is(await hashAt(log, 0), null)
})

test.run()
