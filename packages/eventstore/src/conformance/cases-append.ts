/** Order, atomicity and what an append answers. */
import assert from 'node:assert/strict'
import { genesisHash } from '../chain.js'
import type { Commit } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { append, assertWhole, collect, headOf, numbers, readAll, readIds, refused, sampleCommit } from './samples.js'

export const appendCases: ReadonlyArray<ConformanceCase> = [
  withStore('append-empty', 'an empty log stands at 0 with the hash of nothing', async (store) => {
    assert.deepEqual(await headOf(store), { position: 0, hash: genesisHash })
    assert.deepEqual([await readAll(store), await collect(store.commits())], [[], []])
  }),

  withStore('append-positions', 'positions are 1, 2, 3 … over all commits, and the head is the last one', async (store) => {
    const one = await append(store, sampleCommit('a', { events: [{}, {}, {}] }))
    const two = await append(store, sampleCommit('b'))
    assert.deepEqual([one.first, one.last, two.first, two.last], [1, 3, 4, 4])
    assert.deepEqual(await headOf(store), { position: 4, hash: two.hash })
    assert.deepEqual(await readIds(store), ['a.1', 'a.2', 'a.3', 'b.1'])
  }),

  withStore('append-envelope', 'every event comes back with all that was said of it', async (store) => {
    const commit: Commit = { ...sampleCommit('a', { events: [{ type: 'X', version: 3, tags: ['a:1', 'b:2'] }, {}] }), causationId: 'cause' }
    await append(store, commit)
    const { at, actor, commitId, correlationId, causationId } = commit
    const expected = commit.events.map((event, index) => ({
      ...event,
      ...{ position: index + 1, at, actor, commitId, correlationId, causationId },
    }))
    assert.deepEqual(await readAll(store), expected)
    assert.equal(JSON.parse((await collect(store.commits()))[0]?.command ?? '{}').of, 'a')
  }),

  withStore('append-chain', 'the answered hash is that of the commit, and every hash follows from the one before', async (store) => {
    const answers = [await append(store, sampleCommit('a')), await append(store, sampleCommit('b', { events: [{}, {}] }))]
    assert.deepEqual(
      (await collect(store.commits())).map(({ hash }) => hash),
      answers.map(({ hash }) => hash),
    )
    const report = await assertWhole(store)
    assert.deepEqual([report.commits, report.events], [2, 3])
  }),

  withStore('append-atomic', 'a commit that is refused for its last event leaves nothing of its first', async (store) => {
    await append(store, sampleCommit('a'))
    const error = await refused(store, sampleCommit('b', { events: [{}, {}, { id: 'a.1' }] }), 'InvalidCommit')
    assert.equal(error.field, 'events[2].id')
    assert.deepEqual(await readIds(store), ['a.1'])
    await append(store, sampleCommit('c', { events: [{ id: 'b.1' }, { id: 'b.2' }] }))
    await assertWhole(store)
  }),

  withStore('append-concurrent', '64 appends at a time to different tags all succeed', async (store) => {
    const answers = await Promise.all(
      numbers(64).map((n) =>
        append(
          store,
          sampleCommit(`c${n}`, {
            tags: [`note:${n}`],
            condition: { failIfMatches: [{ tags: [`note:${n}`] }], after: 0 },
            events: [{}, {}],
          }),
        ),
      ),
    )
    assert.equal(new Set(answers.map(({ first }) => first)).size, 64)
    for (const n of numbers(64)) assert.deepEqual(await readIds(store, [{ tags: [`note:${n}`] }]), [`c${n}.1`, `c${n}.2`])
    assert.equal((await assertWhole(store)).commits, 64)
  }),

  withStore('append-refused-among-others', 'of appends at a time one that is refused takes no other with it', async (store) => {
    await append(store, sampleCommit('a'))
    const [, , bad] = await Promise.all([
      append(store, sampleCommit('b')),
      append(store, sampleCommit('c')),
      refused(store, sampleCommit('d', { events: [{}, { id: 'a.1' }] }), 'InvalidCommit'),
      append(store, sampleCommit('e', { events: [{ id: 'd.1' }] })),
    ])
    assert.equal(bad.field, 'events[1].id')
    assert.deepEqual([...(await readIds(store))].sort(), ['a.1', 'b.1', 'c.1', 'd.1'])
    await assertWhole(store)
  }),

  withStore('append-many', 'a commit of 2,500 events is whole and in order', async (store) => {
    const commit = sampleCommit('big', { events: numbers(2_500).map((n) => ({ data: { n } })) })
    assert.equal((await append(store, commit)).last, 2_500)
    assert.deepEqual(
      (await readAll(store)).map(({ data }) => data['n']),
      numbers(2_500),
    )
    await assertWhole(store)
  }),

  withStore('append-lazy', 'an append that is not run does nothing', async (store) => {
    store.append(sampleCommit('never'))
    await append(store, sampleCommit('a'))
    assert.deepEqual(await readIds(store), ['a.1'])
  }),
]
