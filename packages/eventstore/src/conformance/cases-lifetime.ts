/** Closing, opening again, and several handles on one log. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import { type ConformanceCase, withLog, withStore } from './conformance-case.js'
import { append, appendAll, assertWhole, collect, headOf, numbers, readAll, refused, sampleCommit } from './samples.js'

export const lifetimeCases: ReadonlyArray<ConformanceCase> = [
  withStore('close-answers', 'a closed store says so; closing twice is fine', async (store) => {
    await appendAll(store, ['a'])
    await Promise.all([store.close(), store.close()])
    await store.close()
    await refused(store, sampleCommit('b'), 'Closed')
    assert.deepEqual(await store.head(), E.left({ tag: 'Closed' }))
    await assert.rejects(readAll(store), { name: 'LogUnavailable' })
    await assert.rejects(collect(store.commits()), { name: 'LogUnavailable' })
  }),

  withLog(
    'close-waits',
    'closing waits for the appends under way: each is acknowledged and there',
    async (open) => {
      const store = await open()
      const under = numbers(20).map((n) => store.append(sampleCommit(`u${n}`))())
      await store.close()
      const acknowledged = (await Promise.all(under)).filter(E.isRight).length
      assert.equal(acknowledged, 20)
      assert.equal((await assertWhole(await open())).commits, 20)
    },
    { needs: ['durable'] },
  ),

  withLog(
    'reopen-same',
    'after opening again the log is the same and goes on',
    async (open) => {
      const before = await open()
      await append(before, sampleCommit('a', { events: [{}, {}], data: { text: 'é\0' } }))
      await appendAll(before, ['b', 'c'])
      const [events, commits, head] = [await readAll(before), await collect(before.commits()), await headOf(before)]
      await before.close()
      const after = await open()
      assert.deepEqual([await readAll(after), await collect(after.commits()), await headOf(after)], [events, commits, head])
      assert.equal((await append(after, sampleCommit('d'))).first, 5)
      await refused(after, sampleCommit('e', { events: [{ id: 'a.2' }] }), 'InvalidCommit')
      await assertWhole(after)
    },
    { needs: ['durable'] },
  ),

  withLog(
    'handles-share',
    'two handles on one log write one sequence, and each sees what the other wrote',
    async (open) => {
      const [one, two] = [await open(), await open()]
      await Promise.all(numbers(40).map((n) => append(n % 2 === 0 ? one : two, sampleCommit(`h${n}`))))
      assert.deepEqual(await readAll(one), await readAll(two))
      await assertWhole(one)
      await append(one, sampleCommit('last', { tags: ['prize:1'] }))
      const condition = { failIfMatches: [{ tags: ['prize:1'] }], after: 40 } as const
      assert.equal((await refused(two, sampleCommit('late', { condition }), 'ConditionFailed')).head, 41)
      assert.equal((await append(two, sampleCommit('h7'))).last, (await append(one, sampleCommit('h7'))).last)
    },
    { needs: ['handles'] },
  ),
]
