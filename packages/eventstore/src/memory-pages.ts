/** The paged readers of the in-memory store: up to the head at the time of the first page, one page a step. */
import { CorruptLog } from './errors.js'
import type { MemoryLog } from './memory-log.js'
import type { EventQuery, PositionRange, RecordedCommit, RecordedEvent } from './port.js'
import { decodeEvent } from './stored-form.js'

export const pageSizeDefault = 1_000

/** `log` is asked before every page and throws when the store is closed. */
export async function* readEvents(log: () => MemoryLog, query: EventQuery, range: PositionRange = {}): AsyncGenerator<RecordedEvent[]> {
  const { after = 0, upTo = log().head.position, pageSize = pageSizeDefault } = range
  let page: RecordedEvent[] = []
  for (let position = after + 1; position <= Math.min(upTo, log().head.position); position++) {
    if (!log().matchesAt(query, position)) continue
    page.push(eventAt(log(), position))
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

const eventAt = (log: MemoryLog, position: number): RecordedEvent => {
  const commit = log.commits[log.ownerOf(position)]
  const event = commit?.events[position - commit.first]
  if (commit === undefined || event === undefined) throw new CorruptLog(position, 'the event is missing')
  return decodeEvent(commit, event)
}

/** Whole commits; a page is full when it holds `pageSize` events at least. */
export async function* readCommits(log: () => MemoryLog, range: PositionRange = {}): AsyncGenerator<RecordedCommit[]> {
  const { after = 0, upTo = log().head.position, pageSize = pageSizeDefault } = range
  let [page, events]: [RecordedCommit[], number] = [[], 0]
  for (let index = log().ownerOf(after + 1); index < log().commits.length; index++) {
    const commit = log().commits[index]
    if (commit === undefined || commit.first > upTo) break
    page.push(structuredClone(commit))
    events += commit.events.length
    if (events < pageSize) continue
    yield page
    ;[page, events] = [[], 0]
  }
  if (page.length > 0) yield page
}
