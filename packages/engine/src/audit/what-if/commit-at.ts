/** Commits by the position of their first event; those around it are kept for a while, for most are asked for in order. */
import { CorruptLog, type EventStore, type Position, type RecordedCommit } from '@borgledger/eventstore'

const readTogether = 500
const keptMax = 5_000

export const commitReader = (store: Pick<EventStore, 'commits'>): ((first: Position) => Promise<RecordedCommit>) => {
  const kept = new Map<Position, RecordedCommit>()
  return async (first) => {
    const known = kept.get(first)
    if (known !== undefined) return known
    for await (const page of store.commits({ after: first - 1, upTo: first + readTogether, pageSize: readTogether })) {
      for (const commit of page) kept.set(commit.first, commit)
      break
    }
    const found = kept.get(first)
    if (found === undefined) throw new CorruptLog(first, 'no commit begins here')
    const tooMany = kept.size - keptMax
    for (const position of tooMany > 0 ? [...kept.keys()].slice(0, tooMany) : []) if (position !== first) kept.delete(position)
    return found
  }
}
