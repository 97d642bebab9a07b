/**
 * Commits by the position of their first event, each asked for once. Those read along with one are kept until it is their turn, for most are
 * asked for in order. Between two readings the event loop gets its turn.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CorruptLog, type EventStore, type Position, type RecordedCommit } from '@borgledger/eventstore'

const readTogether = 500
/** The oldest of those that were passed over are read again, should they be asked for. */
const keptMax = 5_000

export const commitReader = (store: Pick<EventStore, 'commits'>): ((first: Position) => Promise<RecordedCommit>) => {
  const kept = new Map<Position, RecordedCommit>()
  const take = (first: Position): RecordedCommit | undefined => {
    const commit = kept.get(first)
    kept.delete(first)
    return commit
  }
  const readFrom = async (first: Position): Promise<void> => {
    for await (const page of store.commits({ after: first - 1, upTo: first + readTogether, pageSize: readTogether })) {
      for (const commit of page) kept.set(commit.first, commit)
      break
    }
    await nextTurn()
  }
  return async (first) => {
    const known = take(first)
    if (known !== undefined) return known
    await readFrom(first)
    const found = take(first)
    if (found === undefined) throw new CorruptLog(first, 'no commit begins here')
    const tooMany = Math.max(0, kept.size - keptMax)
    for (const position of [...kept.keys()].slice(0, tooMany)) kept.delete(position)
    return found
  }
}
