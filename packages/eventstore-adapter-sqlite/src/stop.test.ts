/** A process that is asked to stop in the middle of appends: each is acknowledged or not, none is half, and it ends (reliability: F15). */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { verifyChain } from '@borgledger/eventstore'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { spawnAppender } from './conformance/spawn-appender.js'
import { commitsOf, inDirectory, openStore } from './fixtures/logs.js'

test('SIGTERM: what was begun is acknowledged, the log is folded back, and the process ends well', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const appender = spawnAppender(file, { writer: 't', commits: 1_000_000, eventsEach: 3, callers: 8 })
    await appender.reached(30)
    appender.kill('SIGTERM')
    assert.is(await appender.exited, 0)
    assert.is(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0, 0)
    const store = await openStore({ file })
    const commits = await commitsOf(store)
    assert.equal(commits.map(({ commitId }) => commitId).sort(), appender.acknowledged.map(({ commitId }) => commitId).sort())
    assert.ok(commits.every(({ events }) => events.length === 3))
    assert.ok((await verifyChain(store.commits())).ok)
    await store.close()
  }))

test.run()
