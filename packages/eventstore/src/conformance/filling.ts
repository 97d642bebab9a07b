/** Filling a log until its disk is full. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import type { Commit, EventStore } from '../port.js'
import type { Open } from './conformance-case.js'
import { type Log, need } from './harness.js'
import { appendAll, numbers, sampleCommit } from './samples.js'

export const bulky = (id: string, mayUseReserve = false): Commit => ({
  ...sampleCommit(id, { events: [{ data: { text: 'x'.repeat(20_000) } }, {}, {}] }),
  mayUseReserve,
})

/** Appends until the store says `Full`; answers with the commit that did not fit and how many did. */
export const appendUntilFull = async (
  store: EventStore,
  mayUseReserve = false,
): Promise<{ readonly rest: Commit; readonly taken: number }> => {
  for (const n of numbers(500)) {
    const rest = bulky(`full${n}-${mayUseReserve}`, mayUseReserve)
    const result = await store.append(rest)()
    if (E.isRight(result)) continue
    assert.equal(result.left.tag, 'Full', JSON.stringify(result.left))
    return { rest, taken: n - 1 }
  }
  return assert.fail('the disk never became full')
}

/** A store with commits `a` and `b` and as many more as `taken`, on a disk that is full until `free` is called; `rest` did not fit. */
export const openFull = async (open: Open, log: Log) => {
  const store = await open()
  assert.match(store.reserve().tag, /^(None|Whole)$/, 'what it keeps in reserve is there once it is open')
  await appendAll(store, ['a', 'b'])
  const free = await need(log, 'fillDisk')()
  return { store, free, ...(await appendUntilFull(store)) }
}
