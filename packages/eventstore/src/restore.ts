/** Taking in commits that another store gave out: each is checked against the one before, so that nothing false is ever added. */
import * as E from 'fp-ts/lib/Either.js'
import { type Corrupt, CorruptLog } from './errors.js'
import type { Head, RecordedCommit } from './port.js'
import { emptyHead, findDivergence } from './verify.js'

/**
 * Hands every verified commit to `take`, in order. Right is the head reached; left is the first fault: of the commits, of their source, or
 * the one that `take` answered.
 */
export const takeCommits = async <TakeError>(
  pages: AsyncIterable<ReadonlyArray<RecordedCommit>>,
  take: (commit: RecordedCommit) => TakeError | null,
): Promise<E.Either<TakeError | Corrupt, Head>> => {
  let head = emptyHead
  try {
    for await (const page of pages) {
      for (const commit of page) {
        const fault = refuse(head, commit) ?? take(commit)
        if (fault !== null) return E.left(fault)
        head = { position: commit.last, hash: commit.hash }
      }
    }
    return E.right(head)
  } catch (error) {
    return E.left(sourceFault(error))
  }
}

const refuse = (head: Head, commit: RecordedCommit): Corrupt | null => {
  const divergence = findDivergence(head, commit)
  if (divergence === null) return null
  return { tag: 'Corrupt', position: divergence.position, detail: `commit ${commit.commitId}: ${divergence.what}` }
}

const sourceFault = (error: unknown): Corrupt => {
  if (error instanceof CorruptLog) return { tag: 'Corrupt', position: error.position, detail: error.message }
  return { tag: 'Corrupt', position: null, detail: `the commits to restore could not be read: ${String(error)}` }
}
