/**
 * The in-memory event store: the reference for what the port means, and the example for who writes an adapter.
 *
 * It keeps commits in their stored form and parses on every read, so no event is ever shared with a caller. Nothing survives the process.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { CorruptLog, LogUnavailable, type RestoreError } from './errors.js'
import { type Feed, followLog } from './follow.js'
import { MemoryLog } from './memory-log.js'
import { readCommits, readEvents } from './memory-pages.js'
import type { EventStore, RecordedCommit } from './port.js'
import { takeCommits } from './restore.js'
import { validateCommit } from './validate-commit.js'
import { findDivergence } from './verify.js'
import { createWatchers } from './watchers.js'

/** `commits` are what the store begins with, as `store.commits()` gave them out; throws `CorruptLog` when they are not a whole log. */
export const inMemoryEventStore = (options: { readonly commits?: ReadonlyArray<RecordedCommit> } = {}): EventStore => {
  let log = logOf(options.commits ?? [])
  let closed = false
  const watchers = createWatchers()
  const open = (): MemoryLog => {
    if (closed) throw new LogUnavailable({ tag: 'Closed' })
    return log
  }

  const append: EventStore['append'] = (commit) => async () => {
    if (closed) return E.left({ tag: 'Closed' })
    const valid = validateCommit(commit)
    if (E.isLeft(valid)) return valid
    const appended = log.append(valid.right)
    if (E.isRight(appended)) watchers.grown(log.head.position)
    return appended
  }

  const restore: EventStore['restore'] = (pages) => async () => {
    const taken = new MemoryLog()
    const reached = await takeCommits<RestoreError>(pages, (commit) => corruptIf(taken.add(structuredClone(commit)), commit))
    if (closed) return E.left({ tag: 'Closed' })
    if (log.head.position > 0) return E.left({ tag: 'NotEmpty', head: log.head.position })
    if (E.isLeft(reached)) return reached
    log = taken
    watchers.grown(log.head.position)
    return E.right(log.head.position)
  }

  const read: EventStore['read'] = (query, range) => readEvents(open, query, range)
  const watch: Feed['watch'] = (watcher) => {
    const stop = watchers.add(watcher)
    watcher.grown(log.head.position)
    return stop
  }
  return {
    append,
    restore,
    read,
    commits: (range) => readCommits(open, range),
    follow: (query, after) => followLog({ read, watch }, query, after),
    head: TE.fromIOEither(() => (closed ? E.left({ tag: 'Closed' }) : E.right(log.head))),
    reserve: () => ({ tag: 'None' }),
    close: async () => {
      closed = true
      watchers.close()
    },
  }
}

const corruptIf = (refusal: { readonly tag: string } | null, commit: RecordedCommit): RestoreError | null =>
  refusal && { tag: 'Corrupt', position: commit.first, detail: `commit ${commit.commitId}: one of its ids stands in the log twice` }

const logOf = (commits: ReadonlyArray<RecordedCommit>): MemoryLog => {
  const log = new MemoryLog()
  for (const commit of commits) {
    const what = findDivergence(log.head, commit)?.what ?? log.add(structuredClone(commit))?.tag
    if (what !== undefined) throw new CorruptLog(commit.first, what)
  }
  return log
}
