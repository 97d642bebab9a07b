/** Stored events as events of the domain, brought to today's shape. */
import { type DomainEvent, fromStored, type Recorded } from '@borgledger/domain'
import { CorruptLog, type RecordedEvent } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'

/** Throws `CorruptLog` on an event that cannot be read, with its position. */
export const decodePage = (page: ReadonlyArray<RecordedEvent>): ReadonlyArray<Recorded<DomainEvent>> => page.map(decode)

const decode = (stored: RecordedEvent): Recorded<DomainEvent> => {
  const decoded = fromStored(stored)
  if (E.isLeft(decoded)) throw new CorruptLog(stored.position, decoded.left)
  return { event: decoded.right, position: stored.position, at: stored.at, actor: stored.actor }
}
