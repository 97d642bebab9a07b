/** The hash of the commit that ends at a position: one look, however long the log. */
import type { EventStore, Hash, Position } from '@borgledger/eventstore'

/** Null when no commit ends there. */
export const hashAt = async (store: Pick<EventStore, 'commits'>, position: Position): Promise<Hash | null> => {
  for await (const [commit] of store.commits({ after: position - 1, upTo: position, pageSize: 1 }))
    return commit?.last === position ? commit.hash : null
  return null
}
