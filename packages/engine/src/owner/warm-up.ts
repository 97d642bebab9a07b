/** The decision state at the head of the log: a fold of all of it. */
import { evolveAll, initialState, type LedgerState } from '@borgledger/domain'
import { CorruptLog, type EventStore, LogUnavailable, type StoreError } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { decodePage } from '../feed/decode.js'

/** Left: the log cannot be read, and where it is damaged. */
export const warmUp =
  (store: EventStore): TaskEither<StoreError, LedgerState> =>
  async () => {
    let state = initialState
    try {
      for await (const page of store.read('all')) state = evolveAll(state, decodePage(page))
      return E.right(state)
    } catch (cause) {
      if (cause instanceof CorruptLog) return E.left({ tag: 'Corrupt', position: cause.position, detail: cause.detail })
      if (cause instanceof LogUnavailable) return E.left(cause.error)
      throw cause
    }
  }
