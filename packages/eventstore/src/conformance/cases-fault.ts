/** Faults that somebody makes behind the store's back: each has a name of its own, and none harms what was written before. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import { verifyChain } from '../verify.js'
import { type ConformanceCase, withLog } from './conformance-case.js'
import { bulky, openFull } from './filling.js'
import { need } from './harness.js'
import { append, appendAll, assertWhole, headOf, numbers, readAll, readIds, refused, sampleCommit } from './samples.js'

export const faultCases: ReadonlyArray<ConformanceCase> = [
  withLog(
    'disk-full',
    'on a full disk appends answer Full and write nothing; reading goes on, and so does writing when there is space',
    async (open, log) => {
      const { store, free, rest, taken } = await openFull(open, log)
      assert.equal((await headOf(store)).position, 2 + 3 * taken)
      await assertWhole(store)
      const results = await Promise.all(numbers(8).map((n) => store.append(bulky(`at-a-time${n}`))()))
      for (const result of results) assert.ok(E.isLeft(result) && result.left.tag === 'Full', JSON.stringify(result))
      await free()
      assert.equal((await append(store, rest)).first, 3 + 3 * taken)
      await assertWhole(store)
      await store.close()
      await assertWhole(await open())
    },
    { needs: ['disk-full'], small: true },
  ),

  withLog(
    'busy-waits',
    'while somebody else locks the log appends wait without holding up the event loop, then go through',
    async (open, log) => {
      const store = await open()
      const release = await need(log, 'hold')()
      const appended = append(store, sampleCommit('a'))
      let turns = 0
      while (turns < 50) await new Promise<void>((resolve) => setImmediate(() => resolve(void (turns += 1))))
      assert.deepEqual(await readIds(store), [])
      await release()
      assert.equal((await appended).last, 1)
    },
    { needs: ['busy'] },
  ),

  withLog(
    'read-only',
    'a log that can only be read is read, and appends answer ReadOnly',
    async (open, log) => {
      const before = await open()
      await appendAll(before, ['a', 'b'])
      await before.close()
      await need(log, 'makeReadOnly')()
      const store = await open()
      assert.deepEqual(await readIds(store), ['a.1', 'b.1'])
      await refused(store, sampleCommit('c'), 'ReadOnly')
      await assertWhole(store)
    },
    { needs: ['read-only'], small: true },
  ),

  withLog(
    'damage-found',
    'one changed byte in an old payload is found and the commit is named',
    async (open, log) => {
      const before = await open()
      await appendAll(before, ['a', 'b'])
      await append(before, sampleCommit('marked', { data: { text: 'the only one of its kind' } }))
      await append(before, sampleCommit('many', { events: numbers(200).map(() => ({})) }))
      await before.close()
      await need(log, 'changeByte')('the only one of its kind')
      const { ok, divergence, head } = await verifyChain((await open()).commits())
      assert.deepEqual([ok, divergence?.commitId, divergence?.position, head.position], [false, 'marked', 3, 2])
    },
    { needs: ['damage', 'durable'] },
  ),

  withLog(
    'damage-unreadable',
    'an event whose data is no longer JSON makes its readers throw CorruptLog with the position; the others are read',
    async (open, log) => {
      const before = await open()
      await appendAll(before, ['a'])
      await append(before, sampleCommit('marked', { data: { 'odd-key': 1 } }))
      await append(before, sampleCommit('many', { events: numbers(200).map(() => ({})) }))
      await before.close()
      await need(log, 'changeByte')('"odd-key"')
      const store = await open()
      await assert.rejects(readAll(store), { name: 'CorruptLog', position: 2 })
      assert.equal((await readAll(store, 'all', { after: 2 })).length, 200)
    },
    { needs: ['damage', 'durable'] },
  ),
]
