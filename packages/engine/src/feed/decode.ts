/** Stored events as events of the domain, brought to today's shape. Throws on one that cannot be read, with its position. */
import { type DomainEvent, decodeRecorded, type Recorded } from '@borgledger/domain'
import type { RecordedEvent } from '@borgledger/eventstore'

export const decodePage = (page: ReadonlyArray<RecordedEvent>): ReadonlyArray<Recorded<DomainEvent>> => page.map(decodeRecorded)
