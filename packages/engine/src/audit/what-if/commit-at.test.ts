import { CorruptLog, inMemoryEventStore } from '@borgledger/eventstore'
import { chance, generatedHistory } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { commitReader } from './commit-at.js'

const history = [...generatedHistory({ jobs: 60, seed: 20_261_103, repositories: 5 })]

test('every commit is found by where it begins, in whatever order and however often it is asked for', async () => {
  const by = chance(7)
  const shuffled = history.map((commit) => ({ commit, at: by.next() })).sort((a, b) => a.at - b.at)
  const commitAt = commitReader(inMemoryEventStore({ commits: history }))
  for (const { commit } of [...history.map((commit) => ({ commit })), ...shuffled]) assert.equal(await commitAt(commit.first), commit)
})

test('where no commit begins the log is damaged', async () => {
  const commitAt = commitReader(inMemoryEventStore({ commits: history }))
  const long = history.find(({ first, last }) => last > first)?.first ?? 0
  const error: unknown = await commitAt(long + 1).catch((caught) => caught)
  assert.ok(error instanceof CorruptLog && error.position === long + 1)
})

test('others have their turn while a long history is read', async () => {
  const commitAt = commitReader(inMemoryEventStore({ commits: history }))
  let turns = 0
  const turn = (): void => {
    turns += 1
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  for (const { first } of history) await commitAt(first)
  clearImmediate(next)
  // One reading takes in 500 events.
  assert.ok(turns >= Math.floor((history.at(-1)?.last ?? 0) / 500), `${turns} turns`)
  assert.ok(turns >= 2, `${turns} turns`)
})

test.run()
