/** Another process that keeps the log locked: the event loop goes on, reads go on, and an append is answered Busy in time (reliability: F17). */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { append, commitOf, commitsOf, inDirectory, openError, openStore } from './fixtures/logs.js'

const holdLock = async (file: string): Promise<ChildProcess> => {
  const child = fork(fileURLToPath(new URL('fixtures/hold-lock.mjs', import.meta.url)), [file], { execArgv: [] })
  await once(child, 'message')
  return child
}

const release = async (child: ChildProcess): Promise<void> => {
  child.send('release')
  await once(child, 'close')
}

test('an append waits without stopping the event loop, is answered Busy at its deadline, and goes through later', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const busyWaitMsMax = 250
    const store = await openStore({ file, busyWaitMsMax })
    await append(store, 1)
    const child = await holdLock(file)
    let turns = 0
    const turn = setInterval(() => {
      turns += 1
    }, 1)
    const result = await store.append(commitOf(2))()
    clearInterval(turn)
    assert.ok(E.isLeft(result) && result.left.tag === 'Busy', JSON.stringify(result))
    assert.ok(result.left.waitedMs >= busyWaitMsMax, `it waited ${result.left.waitedMs} ms`)
    assert.ok(turns >= 10, `the event loop had ${turns} turns`)
    assert.is((await commitsOf(store)).length, 1)
    await release(child)
    await append(store, 2)
    await store.close()
  }))

test('a log that is locked can be opened, for nothing is written on the way', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    await append(store, 1)
    const child = await holdLock(file)
    assert.is(await openError({ file, busyWaitMsMax: 250 }), null)
    await release(child)
    await store.close()
  }))

test('closing waits for an append that waits for the lock', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    const child = await holdLock(file)
    const appended = store.append(commitOf(1))()
    const closed = store.close()
    await release(child)
    assert.ok(E.isRight(await appended))
    await closed
  }))

test.run()
