/** The verdict over a log that cannot be opened to be written to: it is looked at as it lies there, and nothing is changed or owned. */
import { type Verification, verifyLedger } from '@borgledger/engine'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { layoutOf } from '../data-dir/index.js'

/** Null when it cannot be looked at either. The read models are none of the matter. */
export const verifyReadOnly = async (dataDir: string): Promise<Verification | null> => {
  const store = await sqliteEventStore({ file: layoutOf(dataDir).log, readOnly: true })()
  if (E.isLeft(store)) return null
  try {
    return await verifyLedger({ store: store.right, readModels: null })
  } finally {
    await store.right.close()
  }
}
