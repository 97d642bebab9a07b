/** What a store keeps in reserve: on a full disk it is for the commits that may use it, and for no others. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import type { EventStore, Reserve } from '../port.js'
import { type ConformanceCase, withLog, withStore } from './conformance-case.js'
import { appendUntilFull, bulky, openFull } from './filling.js'
import { append, assertWhole, headOf, refused, sampleCommit } from './samples.js'

const waitMsMax = 60_000

const isWholeAgain = async (store: EventStore): Promise<void> => {
  const deadline = performance.now() + waitMsMax
  while (store.reserve().tag !== 'Whole') {
    if (performance.now() > deadline) assert.fail(`the reserve was not made again: ${JSON.stringify(store.reserve())}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const leftIn = (reserve: Reserve): number => (reserve.tag === 'InUse' ? reserve.left : assert.fail(`it is ${reserve.tag}`))

const needs = ['disk-full', 'reserve', 'durable'] as const

export const reserveCases: ReadonlyArray<ConformanceCase> = [
  withStore('reserve-same-commit', 'whether a commit may use the reserve is no part of it', async (store) => {
    const first = await append(store, { ...sampleCommit('a'), mayUseReserve: true })
    assert.deepEqual(await append(store, sampleCommit('a')), first)
    await assertWhole(store)
  }),

  withLog(
    'reserve-used',
    'on a full disk a commit that may use the reserve is taken at once, and others are not, until there is space and it is whole again',
    async (open, log) => {
      const { store, free, rest } = await openFull(open, log)
      assert.equal(store.reserve().tag, 'Whole', 'what may not use it does not')
      await append(store, bulky('end', true))
      const left = leftIn(store.reserve())
      await refused(store, sampleCommit('small'), 'Full')
      await refused(store, rest, 'Full')
      assert.equal(leftIn(store.reserve()), left)
      await free()
      await append(store, rest)
      await isWholeAgain(store)
      await append(store, sampleCommit('small'))
      await store.close()
      const again = await open()
      assert.equal(again.reserve().tag, 'Whole')
      await assertWhole(again)
    },
    { needs, small: true },
  ),

  withLog(
    'reserve-together',
    'of commits that arrive together those that may use the reserve are taken, each on its own condition',
    async (open, log) => {
      const { store, free } = await openFull(open, log)
      const { position } = await headOf(store)
      const behind = (by: number) => ({ failIfMatches: 'all', after: position + by }) as const
      const answers = await Promise.all([
        store.append(bulky('ordinary'))(),
        store.append({ ...bulky('end', true), condition: behind(0) })(),
        store.append({ ...bulky('another'), condition: behind(3) })(),
        store.append({ ...bulky('behind a commit that was refused', true), condition: behind(6) })(),
      ])
      assert.deepEqual(
        answers.map((answer) => (E.isRight(answer) ? answer.right.first - position : answer.left.tag)),
        ['Full', 1, 'Full', 'ConditionFailed'],
      )
      await assertWhole(store)
      await free()
    },
    { needs, small: true },
  ),

  withLog(
    'reserve-exhausted',
    'once the reserve is used up every commit is answered Full and nothing is written, until there is space',
    async (open, log) => {
      const { store, free, taken: ordinary } = await openFull(open, log)
      const { rest, taken } = await appendUntilFull(store, true)
      assert.ok(taken > 1, `${taken} commits went into the reserve`)
      assert.equal(leftIn(store.reserve()), 0)
      assert.equal((await headOf(store)).position, 2 + 3 * (ordinary + taken))
      await assertWhole(store)
      await store.close()
      await free()
      const again = await open()
      await append(again, rest)
      await isWholeAgain(again)
      await assertWhole(again)
    },
    { needs, small: true },
  ),
]
