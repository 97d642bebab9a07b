/**
 * A log of any commits, whole or not: as much of a store as a verification reads. And the forger's tool: hashes made anew behind a change.
 */
import { decodeEvent, type EventStore, emptyHead, type Head, hashCommit, matches, type RecordedCommit } from '@borgledger/eventstore'

/** One page; what is wrong with the commits is left as it is. */
export const looseLog = (commits: ReadonlyArray<RecordedCommit>): Pick<EventStore, 'commits' | 'read'> => ({
  commits: async function* ({ after = 0 } = {}) {
    yield after === 0 ? commits : commits.filter(({ last }) => last > after)
  },
  read: async function* (query, { after = 0, upTo = Number.MAX_SAFE_INTEGER } = {}) {
    const all = commits.flatMap((commit) => commit.events.map((event) => decodeEvent(commit, event)))
    yield all.filter((event) => event.position > after && event.position <= upTo && (query === 'all' || matches(query, event)))
  },
})

/** The commits with positions and hashes that follow from one another, as if nothing had happened. */
export const resealed = (commits: ReadonlyArray<RecordedCommit>): ReadonlyArray<RecordedCommit> => commits.map(sealer(emptyHead))

/** The same one after the other, behind `head`. */
export const sealer = (head: Head): ((commit: RecordedCommit) => RecordedCommit) => {
  let { position, hash } = head
  return (commit) => {
    const first = position + 1
    const [one, ...rest] = commit.events.map((event, index) => ({ ...event, position: first + index }))
    if (one === undefined) return commit
    position = first + rest.length
    const placed = { ...commit, first, last: position, events: [one, ...rest] as const }
    hash = hashCommit(hash, placed)
    return { ...placed, hash }
  }
}
