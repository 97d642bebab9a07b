/** A write whose outcome nobody knows: no acknowledgement until the file was opened again and checked (reliability: F16). */
import { join } from 'node:path'
import { verifyChain } from '@borgledger/eventstore'
import { faultySqlite, sqliteError } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadSqlite } from './driver/index.js'
import { append, commitOf, commitsOf, inDirectory, openStore } from './fixtures/logs.js'

/** A store whose next COMMIT fails when `fault` is set: before the real one, or behind it. */
const faultyStore = async (directory: string) => {
  const state: { fault: 'none' | 'before' | 'behind'; errcode: number; opened: number } = { fault: 'none', errcode: 1034, opened: 0 }
  const driver = faultySqlite(loadSqlite(), (sql, run) => {
    if (sql.startsWith('PRAGMA journal_mode')) state.opened += 1
    const { fault } = state
    if (sql !== 'COMMIT' || fault === 'none') return run()
    state.fault = 'none'
    if (fault === 'behind') run()
    throw sqliteError(state.errcode)
  })
  return { state, store: await openStore({ file: join(directory, 'log.db'), driver }) }
}

for (const fault of ['before', 'behind'] as const) {
  test(`a COMMIT that fails ${fault} its writing is not acknowledged; the retry tells after the file was opened again`, () =>
    inDirectory(async (directory) => {
      const { state, store } = await faultyStore(directory)
      await append(store, 1)
      assert.is(state.opened, 1)
      state.fault = fault
      const results = await Promise.all([2, 3].map((n) => store.append(commitOf(n))()))
      for (const [index, result] of results.entries()) {
        assert.ok(E.isLeft(result) && result.left.tag === 'OutcomeUnknown', JSON.stringify(result))
        assert.is(result.left.commitId, `c${index + 2}`)
      }
      assert.is(state.opened, 1)
      await append(store, 2)
      assert.is(state.opened, 2)
      await append(store, 3)
      assert.is((await commitsOf(store)).length, 3)
      assert.ok((await verifyChain(store.commits())).ok)
      await store.close()
    }))
}

test('a COMMIT that fails for want of space is a plain Full, and the next one needs no opening again', () =>
  inDirectory(async (directory) => {
    const { state, store } = await faultyStore(directory)
    Object.assign(state, { fault: 'before', errcode: 13 })
    const result = await store.append(commitOf(1))()
    assert.ok(E.isLeft(result) && result.left.tag === 'Full')
    await append(store, 1)
    assert.is(state.opened, 1)
    await store.close()
  }))

test('a follower goes on behind a file that was opened again', () =>
  inDirectory(async (directory) => {
    const { state, store } = await faultyStore(directory)
    const positions: number[] = []
    const nine = new Promise<void>((resolve) => {
      store.follow('all', 0).subscribe(({ position }) => {
        if (positions.push(position) === 9) resolve()
      })
    })
    await append(store, 1)
    state.fault = 'behind'
    await store.append(commitOf(2))()
    await append(store, 2)
    await append(store, 3)
    await nine
    assert.equal(positions, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    await store.close()
  }))

test('appends at a time share a transaction', () =>
  inDirectory(async (directory) => {
    let transactions = 0
    const driver = faultySqlite(loadSqlite(), (sql, run) => {
      if (sql === 'COMMIT') transactions += 1
      run()
    })
    const store = await openStore({ file: join(directory, 'log.db'), driver })
    transactions = 0
    await Promise.all(Array.from({ length: 64 }, (_, n) => append(store, n + 1)))
    assert.ok(transactions <= 2, `${transactions} transactions for 64 appends`)
    assert.is((await commitsOf(store)).length, 64)
    await store.close()
  }))

test.run()
