/**
 * A log with one change behind its back, read as if it stood so in its store: only the stretch that is changed is held in memory.
 */
import { type EventStore, emptyHead, type Head, type Position, type RecordedCommit } from '@borgledger/eventstore'
import type { Chance } from './chance.js'
import { sealer } from './loose-log.js'
import type { Mutation } from './mutations.js'

type Log = Pick<EventStore, 'commits' | 'read'>

export interface MutatedLog {
  readonly store: Log
  /** Up to here nothing is changed. */
  readonly before: Head
}

/** So many commits are there to be changed: enough for two that are swapped, and for a tail. */
const stretchMax = 40

/** Somewhere in the log, up to its head; the same chance gives the same change. A change that hits what it replaces is none, and made again. */
export const mutatedLog = async (log: Log, head: Position, { mutate, kind, where }: Mutation, by: Chance): Promise<MutatedLog> => {
  const { before, stretch } = await stretchAfter(log, where === 'end' ? Math.max(0, head - stretchMax) : by.whole(0, head - 1))
  for (;;) {
    const changed = mutate(stretch, by)
    if (JSON.stringify(changed) === JSON.stringify(stretch)) continue
    const seal = (): ReturnType<typeof sealer> => (kind === 'forged' ? sealer(before) : (commit) => commit)
    return { before, store: { read: log.read, commits: (range) => replaced(log.commits(range), stretch, changed, seal()) } }
  }
}

interface Stretch {
  readonly before: Head
  readonly stretch: ReadonlyArray<RecordedCommit>
}

/** The commits behind the one that holds the position, or from the first on; further back where too few are left. */
const stretchAfter = async (log: Log, position: Position): Promise<Stretch> => {
  const found: RecordedCommit[] = []
  for await (const page of log.commits({ after: Math.max(0, position - 1), pageSize: 10 * stretchMax })) {
    found.push(...page)
    if (found.length > stretchMax) break
  }
  const [one, ...stretch] = found.slice(0, stretchMax + 1)
  if (position === 0 || one === undefined) return { before: emptyHead, stretch: found.slice(0, stretchMax) }
  if (stretch.length < 2) return stretchAfter(log, Math.max(0, position - stretchMax))
  return { before: { position: one.last, hash: one.hash }, stretch }
}

async function* replaced(
  pages: AsyncIterable<ReadonlyArray<RecordedCommit>>,
  stretch: ReadonlyArray<RecordedCommit>,
  changed: ReadonlyArray<RecordedCommit>,
  seal: (commit: RecordedCommit) => RecordedCommit,
): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  const [first, last] = [stretch[0]?.first ?? 0, stretch.at(-1)?.last ?? 0]
  for await (const page of pages)
    yield page.flatMap((commit) => {
      if (commit.first === first) return changed.map(seal)
      if (commit.first < first) return [commit]
      return commit.first > last ? [seal(commit)] : []
    })
}
