/** Several processes on one log, and processes that are killed. */
import assert from 'node:assert/strict'
import type { EventStore } from '../port.js'
import { type ConformanceCase, withLog } from './conformance-case.js'
import { assertPositions, follow } from './following.js'
import { type Appender, need } from './harness.js'
import { append, assertWhole, collect, headOf, numbers, sampleCommit } from './samples.js'

const eventsEach = 3

/** Everything acknowledged is there, at the place that was answered, and every commit has all of its events. */
const assertKept = async (store: EventStore, appenders: ReadonlyArray<Appender>): Promise<void> => {
  const commits = new Map((await collect(store.commits())).map((commit) => [commit.commitId, commit]))
  for (const { commitId, first, last } of appenders.flatMap(({ acknowledged }) => acknowledged)) {
    const commit = commits.get(commitId)
    assert.deepEqual([commit?.first, commit?.last], [first, last], `${commitId} was acknowledged`)
  }
  for (const { commitId, events } of commits.values()) if (commitId.includes('-')) assert.equal(events.length, eventsEach, commitId)
  await assertWhole(store)
}

export const processCases: ReadonlyArray<ConformanceCase> = [
  withLog(
    'processes-write',
    'three processes and this one write one sequence; a follower here gets all of it in order',
    async (open, log) => {
      const store = await open()
      const follower = follow(store)
      const appenders = ['p', 'q', 'r'].map((writer) => need(log, 'spawnAppender')({ writer, commits: 60, eventsEach, callers: 4 }))
      for (const n of numbers(30)) await append(store, sampleCommit(`own${n}`))
      assert.deepEqual(await Promise.all(appenders.map(({ exited }) => exited)), [0, 0, 0])
      const { position } = await headOf(store)
      assert.equal(position, 30 + 3 * 60 * eventsEach)
      await follower.count(position)
      assertPositions(follower, numbers(position))
      await assertKept(store, appenders)
    },
    { needs: ['processes'] },
  ),

  withLog(
    'processes-kill-9',
    'after kill -9 in the middle of appends every acknowledged commit is there, none is half, and writing goes on',
    async (open, log) => {
      const killed: Appender[] = []
      for (const [index, acknowledgements] of [5, 40].entries()) {
        const appender = need(log, 'spawnAppender')({ writer: `k${index}`, commits: 1_000_000, eventsEach, callers: 8 })
        killed.push(appender)
        await appender.reached(acknowledgements)
        appender.kill('SIGKILL')
        assert.equal(await appender.exited, null)
        const store = await open()
        await assertKept(store, killed)
        await append(store, sampleCommit(`after${index}`))
        await store.close()
      }
    },
    { needs: ['processes', 'durable'] },
  ),

  withLog(
    'processes-kill-9-beside',
    'killing one process does not hold up another that has the log open',
    async (open, log) => {
      const store = await open()
      const appender = need(log, 'spawnAppender')({ writer: 'k', commits: 1_000_000, eventsEach, callers: 8 })
      await appender.reached(10)
      const own = numbers(50).map((n) => append(store, sampleCommit(`own${n}`)))
      appender.kill('SIGKILL')
      await appender.exited
      await Promise.all(own)
      await append(store, sampleCommit('later'))
      await assertKept(store, [appender])
    },
    { needs: ['processes'] },
  ),
]
