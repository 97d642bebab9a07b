/** Taking a log out of one store and putting it into another. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import { inMemoryEventStore } from '../memory-store.js'
import type { EventStore, RecordedCommit } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { follow } from './following.js'
import { append, assertWhole, collect, headOf, numbers, readAll, sampleCommit } from './samples.js'

/** A log of seven commits, as the reference store gives it out. */
const aLog = async (): Promise<ReadonlyArray<RecordedCommit>> => {
  const source = inMemoryEventStore()
  for (const n of numbers(7)) await append(source, sampleCommit(`s${n}`, { events: n % 2 === 0 ? [{}, { type: 'Other' }] : [{}] }))
  return collect(source.commits())
}

async function* inPages(commits: ReadonlyArray<RecordedCommit>, size = 3): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  for (let begin = 0; begin < commits.length; begin += size) yield commits.slice(begin, begin + size)
}

async function* failing(commits: ReadonlyArray<RecordedCommit>): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  yield commits.slice(0, 4)
  throw new Error('the source broke')
}

/** Every way to spoil the fifth commit. */
const spoilt = (commits: ReadonlyArray<RecordedCommit>): Readonly<Record<string, ReadonlyArray<RecordedCommit>>> => {
  const change = (change: (commit: RecordedCommit) => RecordedCommit) =>
    commits.map((commit, index) => (index === 4 ? change(commit) : commit))
  return {
    'a changed text': change((commit) => ({ ...commit, actor: 'user:mallory' })),
    'a changed payload': change((commit) => ({ ...commit, events: [{ ...commit.events[0], data: '{"text":"other"}' }] })),
    'a changed hash': change((commit) => ({ ...commit, hash: 'f'.repeat(64) })),
    'a changed position': change((commit) => ({ ...commit, first: commit.first + 1, last: commit.last + 1 })),
    'a missing commit': commits.filter((_, index) => index !== 4),
    'a repeated commit': commits.flatMap((commit, index) => (index === 4 ? [commit, commit] : [commit])),
    'a missing beginning': commits.slice(4),
  }
}

const assertEmpty = async (store: EventStore, what: string): Promise<void> => {
  assert.equal((await headOf(store)).position, 0, what)
  assert.deepEqual(await readAll(store), [], what)
}

export const restoreCases: ReadonlyArray<ConformanceCase> = [
  withStore('restore-round-trip', 'commits given out and restored are the same log, which goes on from there', async (store) => {
    const commits = await aLog()
    assert.deepEqual(await store.restore(inPages(commits))(), E.right(commits.at(-1)?.last))
    assert.deepEqual(await collect(store.commits()), commits)
    assert.deepEqual(await append(store, sampleCommit('s3')), { first: 4, last: 4, hash: commits[2]?.hash })
    await append(store, sampleCommit('next'))
    const again = inMemoryEventStore()
    assert.ok(E.isRight(await again.restore(store.commits({ pageSize: 2 }))()))
    assert.deepEqual(await readAll(again), await readAll(store))
    await assertWhole(store)
  }),

  withStore('restore-found', 'restored events are found by tag and type', async (store) => {
    await store.restore(inPages(await aLog()))()
    assert.equal((await readAll(store, [{ types: ['Other'], tags: ['note:any'] }])).length, 3)
  }),

  withStore('restore-not-empty', 'a store that has events is left alone', async (store) => {
    await append(store, sampleCommit('mine'))
    assert.deepEqual(await store.restore(inPages(await aLog()))(), E.left({ tag: 'NotEmpty', head: 1 }))
    assert.equal((await headOf(store)).position, 1)
  }),

  withStore('restore-spoilt', 'a log that does not verify is refused with the place, and nothing of it is kept', async (store) => {
    const commits = await aLog()
    for (const [what, log] of Object.entries(spoilt(commits))) {
      const result = await store.restore(inPages(log))()
      assert.ok(E.isLeft(result) && result.left.tag === 'Corrupt', what)
      if (what !== 'a missing beginning') assert.ok((result.left.position ?? 0) >= (commits[4]?.first ?? 0), what)
      await assertEmpty(store, what)
    }
    assert.ok(E.isRight(await store.restore(inPages(commits))()))
    await assertWhole(store)
  }),

  withStore('restore-broken-source', 'a source that breaks off leaves the store empty and usable', async (store) => {
    const result = await store.restore(failing(await aLog()))()
    assert.ok(E.isLeft(result))
    await assertEmpty(store, 'after a broken source')
    await append(store, sampleCommit('a'))
    await assertWhole(store)
  }),

  withStore('restore-follow', 'a follower gets what is restored', async (store) => {
    const follower = follow(store)
    await store.restore(inPages(await aLog()))()
    await follower.count(10)
    assert.deepEqual(
      follower.seen.map(({ position }) => position),
      numbers(10),
    )
  }),
]
