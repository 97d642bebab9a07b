/** The decision state at the head of the log: a fold of all of it. */
import { evolveAll, initialState, type LedgerState } from '@borgledger/domain'
import type { EventStore } from '@borgledger/eventstore'
import { decodePage } from '../feed/decode.js'

/** Throws on an event that cannot be read, with its position. */
export const warmUp = async (store: EventStore): Promise<LedgerState> => {
  let state = initialState
  for await (const page of store.read('all')) state = evolveAll(state, decodePage(page))
  return state
}
