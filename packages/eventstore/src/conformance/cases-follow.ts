/** Following: catch up, go on live, lose nothing, repeat nothing. */
import assert from 'node:assert/strict'
import { type ConformanceCase, withLog, withStore } from './conformance-case.js'
import { assertPositions, follow } from './following.js'
import { append, appendAll, headOf, numbers, sampleCommit } from './samples.js'

export const followCases: ReadonlyArray<ConformanceCase> = [
  withStore('follow-catch-up', 'a follower gets what is there and then what comes, in order', async (store) => {
    await appendAll(store, ['a', 'b', 'c'])
    const follower = follow(store, 'all', 1)
    await follower.count(2)
    await appendAll(store, ['d', 'e'])
    await follower.count(4)
    assertPositions(follower, [2, 3, 4, 5])
  }),

  withStore('follow-query', 'a follower of a query gets only what matches', async (store) => {
    const follower = follow(store, [{ tags: ['note:1'] }, { types: ['Special'] }])
    for (const n of numbers(12))
      await append(store, sampleCommit(`q${n}`, { tags: [`note:${n % 3}`], type: n === 12 ? 'Special' : 'Noted' }))
    await follower.count(5)
    assertPositions(follower, [1, 4, 7, 10, 12])
  }),

  withStore('follow-writers', 'followers that begin at any time under eight writers lose nothing and repeat nothing', async (store) => {
    const followers = [follow(store)]
    const write = async (writer: number): Promise<void> => {
      for (const n of numbers(25)) {
        await append(store, sampleCommit(`w${writer}-${n}`, { events: n % 2 === 0 ? [{}, {}] : [{}] }))
        if (n % 8 === 0) followers.push(follow(store, 'all', (await headOf(store)).position - 5), follow(store))
      }
    }
    await Promise.all(numbers(8).map(write))
    const { position } = await headOf(store)
    for (const follower of followers) {
      const begin = follower.seen[0]?.position ?? position
      await follower.count(position - begin + 1)
      assertPositions(follower, numbers(position).slice(begin - 1))
    }
  }),

  withStore('follow-begin', 'a follower begins right behind the position it names', async (store) => {
    await append(store, sampleCommit('a', { events: numbers(10).map(() => ({})) }))
    for (const after of [0, 3, 9]) {
      const follower = follow(store, 'all', after)
      await follower.count(10 - after)
      assertPositions(follower, numbers(10).slice(after))
    }
  }),

  withStore('follow-future', 'a follower of a position that is still to come gets only what is behind it', async (store) => {
    const follower = follow(store, 'all', 2)
    await appendAll(store, ['a', 'b', 'c'])
    await follower.count(1)
    assertPositions(follower, [3])
  }),

  withStore('follow-unsubscribe', 'unsubscribing takes effect at once, in the middle of a page too', async (store) => {
    await append(store, sampleCommit('a', { events: numbers(10).map(() => ({})) }))
    const seen: number[] = []
    await new Promise<void>((resolve) => {
      const subscription = store.follow('all', 0).subscribe(({ position }) => {
        seen.push(position)
        if (position < 4) return
        subscription.unsubscribe()
        resolve()
      })
    })
    const other = follow(store)
    await append(store, sampleCommit('b'))
    await other.count(11)
    assert.deepEqual(seen, [1, 2, 3, 4])
  }),

  withStore('follow-own-copy', 'two followers do not share the events they get', async (store) => {
    const [one, two] = [follow(store), follow(store)]
    await append(store, sampleCommit('a', { data: { list: [1] } }))
    await Promise.all([one.count(1), two.count(1)])
    assert.notEqual(one.seen[0]?.data, two.seen[0]?.data)
    assert.deepEqual(one.seen[0]?.data, two.seen[0]?.data)
  }),

  withStore('follow-close', 'closing the store completes its followers, and one that comes later at once', async (store) => {
    await appendAll(store, ['a'])
    const follower = follow(store)
    await follower.count(1)
    await store.close()
    await follower.completed()
    const late = follow(store)
    await late.completed()
    assertPositions(late, [])
  }),

  withLog(
    'follow-handles',
    'a follower gets what is written through another handle, in order among its own',
    async (open) => {
      const [one, two] = [await open(), await open()]
      const follower = follow(one)
      for (const n of numbers(20)) await append(n % 2 === 0 ? one : two, sampleCommit(`h${n}`))
      await follower.count(20)
      assertPositions(follower, numbers(20))
    },
    { needs: ['handles'] },
  ),
]
