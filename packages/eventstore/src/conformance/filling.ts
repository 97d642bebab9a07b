/** Filling a log until its disk is full. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import type { Commit, EventStore } from '../port.js'
import { numbers, sampleCommit } from './samples.js'

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
