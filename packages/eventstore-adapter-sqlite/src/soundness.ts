/**
 * A look at a log before it is written to: its newest commits always, its pages when somebody did not close it and the look is quick.
 *
 * A whole verification is the reader's business (`verifyChain`); this only keeps us from writing on behind fresh damage.
 */
import { CorruptLog, findDivergence, type Head } from '@borgledger/eventstore'
import type { CommitReader } from './commit-reader.js'
import type { Connection } from './driver/index.js'
import { OpenRefused } from './errors.js'
import type { LogReader } from './log-reader.js'
import type { Place } from './place.js'

const newestEvents = 100
const quickCheckBytesMax = 64 * 1024 * 1024

/** Throws `OpenRefused` with `Corrupt`. */
export const refuseDamaged = (
  connection: Connection,
  reading: { readonly events: LogReader; readonly commits: CommitReader },
  place: Pick<Place, 'hasWal' | 'bytes'>,
): void => {
  const refuse = (position: number | null, detail: string): never => {
    throw new OpenRefused({ tag: 'Corrupt', position, detail })
  }
  if (place.hasWal && place.bytes <= quickCheckBytesMax) {
    const verdict = connection.pragma('quick_check(1)')
    if (verdict !== 'ok') refuse(null, String(verdict))
  }
  try {
    checkNewest(reading.events.head(), reading.commits)
  } catch (error) {
    if (error instanceof CorruptLog) refuse(error.position, error.message)
    throw error
  }
}

const checkNewest = (head: Head, reader: CommitReader): void => {
  let after = Math.max(0, head.position - newestEvents)
  let before: Head | null = null
  while (after < head.position) {
    const page = reader.commits(after, head.position, newestEvents)
    for (const commit of page) {
      before ??= { position: commit.first - 1, hash: reader.hashAt(commit.first - 1) }
      const divergence = findDivergence(before, commit)
      if (divergence !== null) throw new CorruptLog(divergence.position, `commit ${commit.commitId}: ${divergence.what}`)
      before = { position: commit.last, hash: commit.hash }
    }
    if (before === null || before.position <= after) throw new CorruptLog(after + 1, 'no commit holds the event')
    after = before.position
  }
  const orphan = reader.orphan()
  if (orphan !== null) throw new CorruptLog(orphan, 'no commit holds the event')
}
