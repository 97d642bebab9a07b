/** Where the log stands, with every way in which that can fail as a value. */
import { CorruptLog, type Head, LogUnavailable, type StoreError } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { waitWhileBusy } from './driver/index.js'
import { plainFault } from './faults.js'
import type { PagedReader } from './paged.js'

export const readHead = async ({ handle, busyWaitMsMax }: PagedReader): Promise<E.Either<StoreError, Head>> => {
  try {
    const head = await waitWhileBusy(() => handle.reading().events.head(), busyWaitMsMax)
    return 'tag' in head ? E.left(head) : E.right(head)
  } catch (error) {
    return E.left(headFault(error))
  }
}

const headFault = (error: unknown): StoreError => {
  if (error instanceof LogUnavailable) return error.error
  if (error instanceof CorruptLog) return { tag: 'Corrupt', position: error.position, detail: error.message }
  const plain = plainFault(error)
  if (plain === null) throw error
  return plain
}
