import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Commit, CorruptLog, genesisHash, inMemoryEventStore, LogUnavailable, verifyChain } from './index.js'

const noted = (n: number): Commit => ({
  commitId: `c${n}`,
  at: '2026-11-03T02:13:00.000Z',
  actor: 'user:anna',
  correlationId: 'r1',
  causationId: null,
  command: { type: 'Note' },
  events: [{ id: `e${n}`, type: 'Noted', version: 1, tags: ['note:a'], data: { n } }],
})

const collect = async <A>(pages: AsyncIterable<ReadonlyArray<A>>): Promise<ReadonlyArray<A>> => {
  const all: A[] = []
  for await (const page of pages) all.push(...page)
  return all
}

test('a store made of the commits of another goes on where that one stood', async () => {
  const first = inMemoryEventStore()
  for (const n of [1, 2, 3]) assert.ok(E.isRight(await first.append(noted(n))()))
  const second = inMemoryEventStore({ commits: await collect(first.commits()) })
  assert.equal(await second.head(), await first.head())
  assert.ok(E.isRight(await second.append(noted(4))()))
  const report = await verifyChain(second.commits())
  assert.equal([report.ok, report.commits, report.events], [true, 4, 4])
})

test('a store is not made of commits that do not follow from each other', async () => {
  const first = inMemoryEventStore()
  for (const n of [1, 2]) await first.append(noted(n))()
  const commits = await collect(first.commits())
  assert.throws(
    () => inMemoryEventStore({ commits: commits.slice(1) }),
    (error: unknown) => error instanceof CorruptLog && error.position === 2,
  )
})

test('an empty store stands at position 0 with the hash of nothing', async () => {
  assert.equal(await inMemoryEventStore().head(), E.right({ position: 0, hash: genesisHash }))
})

test('a closed store answers by name and its readers throw', async () => {
  const store = inMemoryEventStore()
  await store.close()
  assert.equal(await store.append(noted(1))(), E.left({ tag: 'Closed' }))
  assert.equal(await store.head(), E.left({ tag: 'Closed' }))
  const error = await collect(store.read('all')).catch((caught: unknown) => caught)
  assert.instance(error, LogUnavailable)
})

test.run()
