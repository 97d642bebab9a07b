/** A short look at a log, without owning or changing it: does it open, and do its newest commits follow from one another? */
import { stat } from 'node:fs/promises'
import { instantAt } from '@borgledger/engine'
import { type EventStore, emptyHead, type Head, verifyChain } from '@borgledger/eventstore'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { layoutOf } from '../data-dir/index.js'
import { fromStoreError } from '../ledger-error.js'
import { sayOpenError } from '../open-error.js'

/** Positions from the end that are looked at: an instant's work, however long the log. */
const lookedAtMax = 1_000

export type LogLook =
  | { readonly tag: 'None' }
  /** `at`: when the newest event was recorded; null while there is none. */
  | { readonly tag: 'Fine'; readonly position: number; readonly at: string | null }
  | { readonly tag: 'Wrong'; readonly what: string }

/** Not all of the log is verified: that is `verify`'s to do. */
export const lookAtLog = async (dataDir: string): Promise<LogLook> => {
  const { log: file } = layoutOf(dataDir)
  // A path that leads nowhere, such as one through a file, is for those who look at the directory to tell.
  const found = await stat(file).catch(() => null)
  if (found === null || found.size === 0) return { tag: 'None' }
  const store = await sqliteEventStore({ file, readOnly: true })()
  if (E.isLeft(store)) return { tag: 'Wrong', what: sayOpenError(store.left) }
  try {
    return await lookIn(store.right)
  } catch (cause) {
    return { tag: 'Wrong', what: (cause as Error).message }
  } finally {
    await store.right.close()
  }
}

const lookIn = async (store: EventStore): Promise<LogLook> => {
  const head = await store.head()
  if (E.isLeft(head)) return { tag: 'Wrong', what: fromStoreError(head.left).message }
  const { position } = head.right
  const from = await headAfter(store, position - lookedAtMax)
  const { divergence } = await verifyChain(store.commits({ after: from.position }), from)
  if (divergence !== null) return { tag: 'Wrong', what: `${divergence.what} (at position ${divergence.position ?? 'unknown'})` }
  return { tag: 'Fine', position, at: position === 0 ? null : await instantAt(store, position) }
}

/** The end of the commit behind the position; the beginning of a log that is no longer than what is looked at. */
const headAfter = async (store: EventStore, position: number): Promise<Head> => {
  if (position > 0)
    for await (const [commit] of store.commits({ after: position, pageSize: 1 }))
      if (commit !== undefined) return { position: commit.last, hash: commit.hash }
  return emptyHead
}
