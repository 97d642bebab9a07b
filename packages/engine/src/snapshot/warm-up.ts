/**
 * The decision state at the head of the log: what was kept of it, and the events after that. Where nothing was kept, or what was is of no
 * use, all events.
 */
import { evolveAll, initialState, type LedgerState } from '@borgledger/domain'
import { CorruptLog, type EventStore, LogUnavailable, type StoreError } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { decodePage } from '../feed/decode.js'
import type { Snapshots } from '../ports/snapshots.js'
import { restore } from './restore.js'

export interface WarmUp {
  readonly store: Pick<EventStore, 'read' | 'commits'>
  readonly snapshots: Snapshots
  /** Hears why a kept state was not used. */
  readonly onSnapshotTrouble: (message: string) => void
}

export interface Warm {
  readonly state: LedgerState
  /** Up to where the state was not folded but restored; 0 when all of it was folded. */
  readonly restoredAt: number
}

/** Left: the log cannot be read, and where it is damaged. */
export const warmUp =
  ({ store, snapshots, onSnapshotTrouble }: WarmUp): TaskEither<StoreError, Warm> =>
  async () => {
    try {
      const restored = await restore(store, snapshots)
      if (E.isLeft(restored)) onSnapshotTrouble(`the kept state is of no use: ${restored.left}; the whole log is folded`)
      const begin = E.isRight(restored) ? (restored.right ?? initialState) : initialState
      return E.right({ state: await foldFrom(store, begin), restoredAt: begin.position })
    } catch (cause) {
      if (cause instanceof CorruptLog) return E.left({ tag: 'Corrupt', position: cause.position, detail: cause.detail })
      if (cause instanceof LogUnavailable) return E.left(cause.error)
      throw cause
    }
  }

const foldFrom = async (store: WarmUp['store'], begin: LedgerState): Promise<LedgerState> => {
  let state = begin
  for await (const page of store.read('all', { after: begin.position })) state = evolveAll(state, decodePage(page))
  return state
}
