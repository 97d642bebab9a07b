/**
 * The snapshots port: one kept decision state, the newest, so that a start need not fold the whole log. Disposable: without it the log is
 * folded from its beginning.
 */
import type { Hash, Position } from '@borgledger/eventstore'
import type { Task } from 'fp-ts/lib/Task.js'

export interface Snapshot {
  /** The state is the fold of the log up to here, where a commit ends. */
  readonly position: Position
  /** Of the commit that ends there: in another log it is another. */
  readonly hash: Hash
  /** The name of the state's shape. */
  readonly shape: string
  readonly state: string
  /** SHA-256 of `state`: what a disk made of it is not believed. */
  readonly digest: string
}

export interface Snapshots {
  readonly newest: Task<Snapshot | null>
  /** In place of the one before. Rejects when it cannot be written; then the one before is still there. */
  readonly keep: (snapshot: Snapshot) => Task<void>
}
