/** Conditions: what of the log makes an append fail. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import type { EventQuery, EventStore } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { append, headOf, numbers, readIds, refused, sampleCommit } from './samples.js'

let probes = 0

/** Would an append under this condition fail? Asked by trying; a try that goes well adds an event that no sample query matches. */
const fails = async (store: EventStore, failIfMatches: EventQuery, after = 0): Promise<boolean> => {
  const probe = sampleCommit(`probe-${++probes}`, { type: 'Probed', tags: ['probe:x'], condition: { failIfMatches, after } })
  const result = await store.append(probe)()
  if (E.isRight(result)) return false
  assert.equal(result.left.tag, 'ConditionFailed')
  return true
}

const twoEvents = (store: EventStore) =>
  append(
    store,
    sampleCommit('a', {
      events: [
        { type: 'A', tags: ['x:1', 'y:1'] },
        { type: 'B', tags: ['x:2'] },
      ],
    }),
  )

export const conditionCases: ReadonlyArray<ConformanceCase> = [
  withStore('condition-types', 'the types of an item are alternatives', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, [{ types: ['C', 'B'] }]), true)
    assert.equal(await fails(store, [{ types: ['C', 'D'] }]), false)
  }),

  withStore('condition-tags', 'the tags of an item must all be on one event', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, [{ tags: ['y:1', 'x:1'] }]), true)
    assert.equal(await fails(store, [{ tags: ['y:1', 'x:2'] }]), false)
  }),

  withStore('condition-both', 'types and tags of an item must meet in one event', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, [{ types: ['B', 'A'], tags: ['y:1'] }]), true)
    assert.equal(await fails(store, [{ types: ['B'], tags: ['y:1'] }]), false)
  }),

  withStore('condition-items', 'items are alternatives; no items match nothing, an item of nothing matches all', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, [{ types: ['C'] }, { tags: ['x:2'] }]), true)
    assert.equal(await fails(store, []), false)
    assert.equal(await fails(store, [{}]), true)
    assert.equal(await fails(store, [{ types: [], tags: [] }]), true)
    assert.equal(await fails(store, 'all'), true)
  }),

  withStore('condition-after', 'only events after the position count', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, [{ types: ['A'] }], 1), false)
    assert.equal(await fails(store, [{ types: ['B'] }], 1), true)
    const { position } = await headOf(store)
    assert.equal(await fails(store, 'all', position - 1), true)
    assert.equal(await fails(store, 'all', position), false)
  }),

  withStore('condition-ahead', 'a position that the log has not reached fails: what was decided on is not there', async (store) => {
    await twoEvents(store)
    assert.equal(await fails(store, 'all', 3), true)
    assert.equal(await fails(store, [{ types: ['C'] }], 3), true)
    assert.equal(await fails(store, [], 3), true)
    assert.equal((await headOf(store)).position, 2)
  }),

  withStore('condition-many', 'hundreds of alternatives are all looked at', async (store) => {
    await twoEvents(store)
    const others = numbers(600).map((n) => ({ tags: [`other:${n}`] as const }))
    assert.equal(await fails(store, others), false)
    assert.equal(await fails(store, [...others, { tags: ['x:2'] }]), true)
  }),

  withStore(
    'condition-nothing-written',
    'a failed condition names the head and writes nothing; the id may be used again',
    async (store) => {
      await twoEvents(store)
      const commit = sampleCommit('b', { condition: { failIfMatches: 'all', after: 1 } })
      assert.deepEqual(await refused(store, commit, 'ConditionFailed'), { tag: 'ConditionFailed', head: 2 })
      assert.equal((await headOf(store)).position, 2)
      await append(store, { ...commit, condition: { failIfMatches: 'all', after: 2 } })
    },
  ),

  withStore('condition-race', 'of many appends under the same condition exactly one wins', async (store) => {
    const race = numbers(16).map((n) =>
      store.append(sampleCommit(`r${n}`, { tags: ['prize:1'], condition: { failIfMatches: [{ tags: ['prize:1'] }], after: 0 } }))(),
    )
    const results = await Promise.all(race)
    assert.equal(results.filter(E.isRight).length, 1)
    for (const result of results) if (E.isLeft(result)) assert.deepEqual(result.left, { tag: 'ConditionFailed', head: 1 })
    assert.equal((await readIds(store)).length, 1)
  }),
]
