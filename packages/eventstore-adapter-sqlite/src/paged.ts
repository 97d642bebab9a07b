/** The paged readers over the files: up to the head at the time of the first page, and between two pages the event loop gets its turn. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  CorruptLog,
  type EventQuery,
  LogUnavailable,
  type PositionRange,
  type RecordedCommit,
  type RecordedEvent,
} from '@borgledger/eventstore'
import { waitWhileBusy } from './driver/index.js'
import type { LogHandle } from './log-handle.js'

const pageSizeDefault = 1_000
// A page of none would be read again and again.
const atLeastOne = (pageSize: number): number => Math.max(1, Math.floor(pageSize))

export interface PagedReader {
  readonly handle: LogHandle
  readonly busyWaitMsMax: number
}

/** Throws `LogUnavailable` when the file is locked for too long, `CorruptLog` when it is damaged. */
const whenFree = async <A>({ busyWaitMsMax }: PagedReader, read: () => A): Promise<A> => {
  const result = await waitWhileBusy(() => ({ value: read() }), busyWaitMsMax)
  if ('value' in result) return result.value
  throw new LogUnavailable(result)
}

const headPosition = (reader: PagedReader): Promise<number> => whenFree(reader, () => reader.handle.reading().events.head().position)

export async function* pagedEvents(
  reader: PagedReader,
  query: EventQuery,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER, pageSize = pageSizeDefault }: PositionRange = {},
): AsyncGenerator<ReadonlyArray<RecordedEvent>> {
  const end = Math.min(upTo, await headPosition(reader))
  for (let at = after; at < end; ) {
    const page = await whenFree(reader, () =>
      reader.handle.reading().events.events(query, { after: at, upTo: end, limit: atLeastOne(pageSize) }),
    )
    if (page.events.length > 0) yield page.events
    at = page.reached
    if (at < end) await nextTurn()
  }
}

export async function* pagedCommits(
  reader: PagedReader,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER, pageSize = pageSizeDefault }: PositionRange = {},
): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  const head = await headPosition(reader)
  const end = Math.min(upTo, head)
  for (let at = after; at < end; ) {
    const page = await whenFree(reader, () => reader.handle.reading().commits.commits(at, end, atLeastOne(pageSize)))
    const newest = page.at(-1)
    if (newest === undefined) throw new CorruptLog(at + 1, 'no commit holds the event')
    yield page
    at = Math.max(newest.last, at + 1)
    if (at < end) await nextTurn()
  }
  const orphan = upTo > head ? await whenFree(reader, () => reader.handle.reading().commits.orphan()) : null
  if (orphan !== null) throw new CorruptLog(orphan, 'no commit holds the event')
}
