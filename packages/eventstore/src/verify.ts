/**
 * Walks a log from its beginning and says whether it is whole: positions without gap, every hash following from the one before, every
 * event readable. The first commit at fault is named.
 */
import { genesisHash, hashCommit } from './chain.js'
import { CorruptLog } from './errors.js'
import type { Head, Position, RecordedCommit } from './port.js'
import { readTexts } from './stored-form.js'

export const emptyHead: Head = { position: 0, hash: genesisHash }

export interface Divergence {
  readonly position: Position | null
  readonly commitId: string | null
  readonly what: string
}

/** `head` is the last place up to which all is well; `commits` and `events` count what was found well. */
export interface ChainReport {
  readonly ok: boolean
  readonly head: Head
  readonly commits: number
  readonly events: number
  readonly divergence: Divergence | null
}

const fault = (commit: RecordedCommit, position: Position, what: string): Divergence => ({ position, commitId: commit.commitId, what })

/** What keeps `commit` from being the next one after `before`, or null: its place, or its hash. Whether it can be read is not looked at. */
export const findBreak = (before: Head, commit: RecordedCommit): Divergence | null => {
  const due = before.position + 1
  if (commit.first !== due) return fault(commit, due, `the commit begins at ${commit.first} instead of ${due}`)
  if (commit.last !== commit.first + commit.events.length - 1)
    return fault(commit, due, `the commit says ${commit.first} to ${commit.last} and has ${commit.events.length} events`)
  const misplaced = commit.events.findIndex((event, index) => event.position !== due + index)
  if (misplaced >= 0) return fault(commit, due + misplaced, `event ${misplaced + 1} of the commit stands at another position`)
  if (hashCommit(before.hash, commit) !== commit.hash)
    return fault(commit, due, 'the hash does not follow from the content and the commit before')
  return null
}

/** What is wrong with `commit` as the next one after `before`, or null. */
export const findDivergence = (before: Head, commit: RecordedCommit): Divergence | null =>
  findBreak(before, commit) ?? findUnreadable(commit)

const findUnreadable = (commit: RecordedCommit): Divergence | null => {
  try {
    for (const event of commit.events) readTexts(event)
    return null
  } catch (error) {
    if (error instanceof CorruptLog) return fault(commit, error.position ?? commit.first, error.message)
    throw error
  }
}

/** Folds `store.commits({ after: from.position })`. `from` is a head trusted for other reasons, such as an anchor kept elsewhere. */
export const verifyChain = async (pages: AsyncIterable<ReadonlyArray<RecordedCommit>>, from: Head = emptyHead): Promise<ChainReport> => {
  let [head, commits, events] = [from, 0, 0]
  const report = (divergence: Divergence | null): ChainReport => ({ ok: divergence === null, head, commits, events, divergence })
  try {
    for await (const page of pages) {
      for (const commit of page) {
        const divergence = findDivergence(head, commit)
        if (divergence !== null) return report(divergence)
        head = { position: commit.last, hash: commit.hash }
        commits += 1
        events += commit.events.length
      }
    }
    return report(null)
  } catch (error) {
    if (error instanceof CorruptLog) return report({ position: error.position, commitId: null, what: error.message })
    throw error
  }
}
