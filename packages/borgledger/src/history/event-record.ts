/** A recorded event as it is handed out: today's shape of its data, whatever the shape in which it is stored. */
import { fromStored, toStored } from '@borgledger/domain'
import type { RecordedEvent } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'

export interface EventRecord {
  readonly position: number
  readonly id: string
  readonly type: string
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string
  readonly actor: string
  readonly tags: ReadonlyArray<string>
  readonly data: object
  readonly commitId: string
  readonly correlationId: string
  readonly causationId: string | null
}

/** One that cannot be decoded is handed out as it is stored: history is shown, not hidden. */
export const toEventRecord = (stored: RecordedEvent): EventRecord => {
  const decoded = fromStored(stored)
  const { type, data } = E.isRight(decoded) ? toStored(decoded.right) : stored
  const { position, id, at, actor, tags, commitId, correlationId, causationId } = stored
  return { position, id, type, at, actor, tags, data, commitId, correlationId, causationId }
}
