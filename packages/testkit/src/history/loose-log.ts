/**
 * A log of any commits, whole or not: as much of a store as a verification reads. And the forger's tool: hashes made anew behind a change.
 */
import { decodeEvent, type EventStore, genesisHash, hashCommit, matches, type RecordedCommit } from '@borgledger/eventstore'

/** One page; what is wrong with the commits is left as it is. */
export const looseLog = (commits: ReadonlyArray<RecordedCommit>): Pick<EventStore, 'commits' | 'read'> => ({
  commits: async function* () {
    yield commits
  },
  read: async function* (query, { after = 0, upTo = Number.MAX_SAFE_INTEGER } = {}) {
    const all = commits.flatMap((commit) => commit.events.map((event) => decodeEvent(commit, event)))
    yield all.filter((event) => event.position > after && event.position <= upTo && (query === 'all' || matches(query, event)))
  },
})

/** The commits with positions and hashes that follow from one another, as if nothing had happened. */
export const resealed = (commits: ReadonlyArray<RecordedCommit>): ReadonlyArray<RecordedCommit> => {
  let [last, hash] = [0, genesisHash]
  return commits.map((commit) => {
    const first = last + 1
    const [head, ...rest] = commit.events.map((event, index) => ({ ...event, position: first + index }))
    if (head === undefined) return commit
    last = first + rest.length
    const placed = { ...commit, first, last, events: [head, ...rest] as const }
    hash = hashCommit(hash, placed)
    return { ...placed, hash }
  })
}
