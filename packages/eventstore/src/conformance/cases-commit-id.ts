/** The commit id is the idempotency key of a write. */
import assert from 'node:assert/strict'
import type { Commit } from '../port.js'
import { type ConformanceCase, withLog, withStore } from './conformance-case.js'
import { append, assertWhole, headOf, numbers, refused, sampleCommit } from './samples.js'

const original = sampleCommit('a', { events: [{}, {}] })
const [firstEvent, secondEvent] = original.events

const otherContents: Readonly<Record<string, Commit>> = {
  at: { ...original, at: '2026-11-03T02:13:00.001Z' },
  actor: { ...original, actor: 'user:bob' },
  correlationId: { ...original, correlationId: 'other' },
  causationId: { ...original, causationId: 'other' },
  command: { ...original, command: { type: 'Other' } },
  data: { ...original, events: [{ ...firstEvent, data: { text: 'other' } }, ...original.events.slice(1)] },
  tags: { ...original, events: [{ ...firstEvent, tags: [] }, ...original.events.slice(1)] },
  'event id': { ...original, events: [{ ...firstEvent, id: 'other' }, ...original.events.slice(1)] },
  'number of events': { ...original, events: [firstEvent] },
  'order of events': { ...original, events: [secondEvent ?? firstEvent, firstEvent] },
}

export const commitIdCases: ReadonlyArray<ConformanceCase> = [
  withStore('commit-id-again', 'the same commit again answers as the first time and writes nothing', async (store) => {
    await append(store, sampleCommit('before'))
    const first = await append(store, original)
    await append(store, sampleCommit('between'))
    assert.deepEqual(await append(store, original), first)
    assert.equal((await headOf(store)).position, 4)
  }),

  withStore('commit-id-other-content', 'a used id with any other content is refused', async (store) => {
    await append(store, original)
    for (const [what, commit] of Object.entries(otherContents)) {
      const error = await refused(store, commit, 'CommitIdReused')
      assert.equal(error.commitId, 'a', what)
    }
    assert.equal((await headOf(store)).position, 2)
  }),

  withStore('commit-id-own-condition', 'a retry is not refused by the events that it wrote itself', async (store) => {
    const commit = sampleCommit('a', { condition: { failIfMatches: 'all', after: 0 } })
    assert.deepEqual(await append(store, commit), await append(store, commit))
  }),

  withStore('commit-id-at-a-time', 'the same commit many times at a time is written once', async (store) => {
    const answers = await Promise.all(numbers(8).map(() => append(store, original)))
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.equal((await assertWhole(store)).commits, 1)
  }),

  withLog(
    'commit-id-reopened',
    'after opening again the same commit answers as before, and other content is still refused',
    async (open) => {
      const before = await open()
      const first = await append(before, original)
      await append(before, sampleCommit('b'))
      await before.close()
      const after = await open()
      assert.deepEqual(await append(after, original), first)
      await refused(after, { ...original, actor: 'user:bob' }, 'CommitIdReused')
      assert.equal((await assertWhole(after)).commits, 2)
    },
    { needs: ['durable'] },
  ),
]
