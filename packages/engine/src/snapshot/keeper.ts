/**
 * Keeps the decision state every so many events, and at the end: so a start folds few events, however long the log is.
 *
 * How many is measured by what the state weighs: what is written of it stays below what the events weigh that were recorded meanwhile.
 */
import { stateShape, stateToText } from '@borgledger/domain'
import type { EventStore } from '@borgledger/eventstore'
import type { Snapshots } from '../ports/snapshots.js'
import type { Submitter } from '../submit/submitter.js'
import { hashAt } from './hash-at.js'
import { digestOf } from './restore.js'

export interface SnapshotKeeperDeps extends Pick<Submitter, 'state' | 'committed$'> {
  readonly store: Pick<EventStore, 'commits'>
  readonly snapshots: Snapshots
  /** Position of the state that is kept already; 0 when none is. */
  readonly keptAt: number
  /** Hears why the state could not be kept; it is tried again with the next. */
  readonly onSnapshotTrouble: (message: string) => void
}

export interface SnapshotKeeper {
  /** Keeps the state as it is now, unless that was done, and no more. */
  readonly close: () => Promise<void>
}

const eventsMin = 1_000
/** A recorded event weighs several times as much. */
const bytesPerEvent = 100

/** Events from one kept state to the next, when the state weighs so many bytes. */
export const eventsBetween = (bytes: number): number => Math.max(eventsMin, Math.ceil(bytes / bytesPerEvent))

export const createSnapshotKeeper = (deps: SnapshotKeeperDeps): SnapshotKeeper => {
  const { state, committed$, onSnapshotTrouble } = deps
  let [triedAt, between, waiting] = [deps.keptAt, eventsMin, false]
  let working: Promise<void> = Promise.resolve()
  const keepNow = async (): Promise<void> => {
    waiting = false
    const { position } = state()
    if (position === triedAt) return
    triedAt = position
    between = eventsBetween(await keep(deps))
  }
  const add = (): void => {
    waiting = true
    working = working.then(keepNow).catch((cause: unknown) => onSnapshotTrouble(`the state was not kept: ${String(cause)}`))
  }
  const look = (): void => {
    if (!waiting && state().position - triedAt >= between) add()
  }
  const hearing = committed$.subscribe(look)
  look()
  return {
    close: () => {
      hearing.unsubscribe()
      add()
      return working
    },
  }
}

/** The bytes that were written; 0 in the middle of a commit of somebody else, which is still being read. */
const keep = async ({ state, store, snapshots }: SnapshotKeeperDeps): Promise<number> => {
  const now = state()
  const hash = await hashAt(store, now.position)
  if (hash === null) return 0
  const text = stateToText(now)
  await snapshots.keep({ position: now.position, hash, shape: stateShape, state: text, digest: digestOf(text) })()
  return text.length
}
