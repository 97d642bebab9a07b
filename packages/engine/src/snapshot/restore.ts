/** The newest kept state, if it is one: of this log, of this program's shape, and as it was written. */
import { createHash } from 'node:crypto'
import { type LedgerState, stateFromText, stateShape } from '@borgledger/domain'
import type { EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { Snapshot, Snapshots } from '../ports/snapshots.js'
import { hashAt } from './hash-at.js'

/** Right of null: none was kept. Left: a sentence that says why the one that was is of no use. */
export const restore = async (store: Pick<EventStore, 'commits'>, snapshots: Snapshots): Promise<E.Either<string, LedgerState | null>> => {
  const snapshot = await newestOf(snapshots)
  if (E.isLeft(snapshot) || snapshot.right === null) return snapshot as E.Either<string, null>
  const { position, hash, shape } = snapshot.right
  if (shape !== stateShape) return E.left(`its shape is ${shape}, and that of this program is ${stateShape}`)
  if ((await hashAt(store, position)) !== hash)
    return E.left(`it was not made from this log, which has another commit at position ${position}`)
  return stateOf(snapshot.right)
}

/** A file that cannot be read is no reason not to start. */
const newestOf = async (snapshots: Snapshots): Promise<E.Either<string, Snapshot | null>> => {
  try {
    return E.right(await snapshots.newest())
  } catch (cause) {
    return E.left(`it cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

const stateOf = ({ position, state: text, digest }: Snapshot): E.Either<string, LedgerState> => {
  if (digestOf(text) !== digest) return E.left('it is not as it was written')
  const state = stateFromText(text)
  if (E.isRight(state) && state.right.position !== position) return E.left(`it says to be of position ${state.right.position}`)
  return state
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
