/** Reading: queries, ranges, pages. */
import assert from 'node:assert/strict'
import { matches } from '../matches.js'
import type { EventQuery, EventStore, Tag } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { append, appendAll, collect, numbers, readAll, readIds, sampleCommit } from './samples.js'

const sizes = async <A>(pages: AsyncIterable<ReadonlyArray<A>>): Promise<ReadonlyArray<number>> => {
  const found: number[] = []
  for await (const page of pages) found.push(page.length)
  return found
}

/** 60 events in commits of 1 to 4, their types and tags by simple remainders, so that every combination occurs. */
const fillVaried = async (store: EventStore): Promise<void> => {
  for (let [n, commit] = [0, 0]; n < 60; commit++) {
    const events = numbers(Math.min((commit % 4) + 1, 60 - n)).map(() => {
      n += 1
      const tags: ReadonlyArray<Tag> = [`two:${n % 2}`, `three:${n % 3}`, ...(n % 5 === 0 ? (['five:yes'] as const) : [])]
      return { type: `T${n % 4}`, tags }
    })
    await append(store, sampleCommit(`v${commit}`, { events }))
  }
}

const queries: ReadonlyArray<EventQuery> = [
  'all',
  [],
  [{}],
  [{ types: ['T1'] }],
  [{ types: ['T1', 'T3'] }],
  [{ tags: ['two:0'] }],
  [{ tags: ['two:0', 'three:1'] }],
  [{ types: ['T0', 'T2'], tags: ['three:2', 'five:yes'] }],
  [{ types: ['T1'] }, { tags: ['five:yes'] }, { tags: ['five:yes', 'two:1'] }],
  [{ tags: ['unknown:1'] }],
  [{ types: ['Unknown'] }, {}],
]

export const readCases: ReadonlyArray<ConformanceCase> = [
  withStore('read-queries', 'every query gives exactly the events that match, ascending, each once', async (store) => {
    await fillVaried(store)
    const all = await readAll(store)
    for (const query of queries) {
      for (const range of [{}, { after: 7, upTo: 52 }, { pageSize: 3 }, { after: 59 }]) {
        const { after = 0, upTo = 60 } = range as { after?: number; upTo?: number }
        const due = all.filter((event) => event.position > after && event.position <= upTo && matches(query, event))
        assert.deepEqual(await readAll(store, query, range), due, `${JSON.stringify(query)} in ${JSON.stringify(range)}`)
      }
    }
  }),

  withStore('read-range', '`after` is exclusive and `upTo` inclusive; beyond the head there is nothing', async (store) => {
    await appendAll(store, ['a', 'b', 'c', 'd'])
    assert.deepEqual(await readIds(store, 'all', { after: 1, upTo: 3 }), ['b.1', 'c.1'])
    assert.deepEqual(await readIds(store, 'all', { after: 2, upTo: 2 }), [])
    assert.deepEqual(await readIds(store, 'all', { after: 3, upTo: 99 }), ['d.1'])
    assert.deepEqual(await readIds(store, 'all', { after: 99 }), [])
  }),

  withStore('read-impossible', 'a query for a text that no event can have matches nothing', async (store) => {
    await append(store, sampleCommit('a', { type: 'T', tags: ['note:a', 'note:\ufffd'] }))
    const impossible: ReadonlyArray<EventQuery> = [[{ tags: ['note:a\0b'] }], [{ types: ['T\0'] }], [{ tags: ['note:\ud800'] }]]
    for (const query of impossible) assert.deepEqual(await readIds(store, query), [])
    assert.deepEqual(await readIds(store, [{ types: ['T\0', 'T'] }]), ['a.1'])
  }),

  withStore('read-pages', 'pages are full but for the last one, and none is empty', async (store) => {
    await append(store, sampleCommit('a', { events: numbers(10).map(() => ({})) }))
    assert.deepEqual(
      await sizes(store.read('all', { pageSize: 1 })),
      numbers(10).map(() => 1),
    )
    assert.deepEqual(await sizes(store.read('all', { pageSize: 4 })), [4, 4, 2])
    assert.deepEqual(await sizes(store.read('all', { pageSize: 5 })), [5, 5])
    assert.deepEqual(await sizes(store.read('all', { pageSize: 10 })), [10])
    assert.deepEqual(await sizes(store.read([{ types: ['Unknown'] }], { pageSize: 3 })), [])
  }),

  withStore('read-default-pages', 'a page holds 1,000 events when nothing else is said', async (store) => {
    await append(store, sampleCommit('a', { events: numbers(2_001).map(() => ({})) }))
    assert.deepEqual(await sizes(store.read('all')), [1_000, 1_000, 1])
    assert.deepEqual(await sizes(store.read([{ tags: ['note:any'] }])), [1_000, 1_000, 1])
  }),

  withStore('read-left-early', 'a reader that stops in the middle is in nobody’s way', async (store) => {
    await appendAll(store, ['a', 'b', 'c'])
    for await (const page of store.read('all', { pageSize: 1 })) {
      assert.equal(page[0]?.id, 'a.1')
      break
    }
    await append(store, sampleCommit('d'))
    assert.equal((await readAll(store)).length, 4)
  }),

  withStore('read-commits', 'commits come whole: those that end after `after` and begin at or before `upTo`', async (store) => {
    for (const id of ['a', 'b', 'c', 'd']) await append(store, sampleCommit(id, { events: [{}, {}, {}] }))
    const ids = async (range: { after?: number; upTo?: number; pageSize?: number }) =>
      (await collect(store.commits(range))).map(({ commitId, events }) => `${commitId}${events.length}`)
    assert.deepEqual(await ids({}), ['a3', 'b3', 'c3', 'd3'])
    assert.deepEqual(await ids({ after: 2 }), ['a3', 'b3', 'c3', 'd3'])
    assert.deepEqual(await ids({ after: 3 }), ['b3', 'c3', 'd3'])
    assert.deepEqual(await ids({ after: 3, upTo: 6 }), ['b3'])
    assert.deepEqual(await ids({ after: 4, upTo: 7 }), ['b3', 'c3'])
    assert.deepEqual(await ids({ pageSize: 1 }), ['a3', 'b3', 'c3', 'd3'])
    assert.deepEqual(await sizes(store.commits({ pageSize: 6 })), [2, 2])
  }),
]
