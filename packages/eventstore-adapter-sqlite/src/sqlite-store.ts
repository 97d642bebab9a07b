/**
 * The event store in one SQLite file, for this process and any others on this machine.
 *
 * `append` answers when the commit is on the disk. Close the store when done; a process that ends without loses nothing.
 */
import { createWatchers, draftCommit, type EventStore, type Feed, followLog, validateCommit } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { createChangePoll } from './change-poll.js'
import { type Driver, loadSqlite, waitWhileBusy } from './driver/index.js'
import type { OpenError } from './errors.js'
import { openFault } from './faults.js'
import { createGroupCommit } from './group-commit.js'
import { createLane } from './lane.js'
import { openLogFiles } from './log-files.js'
import { createLogHandle, type LogHandle } from './log-handle.js'
import { pagedCommits, pagedEvents } from './paged.js'
import { readHead } from './read-head.js'
import { type KeptReserve, keepReserve, noReserve, writeOnReserve } from './reserve/index.js'
import { restoreLog } from './restore-log.js'

export interface SqliteEventStoreOptions {
  /** Path of the log; made when it is not there, in a directory that must be. */
  readonly file: string
  /** Default `auto`: what is built into Node from 24 on, before that `@photostructure/sqlite`. */
  readonly driver?: Driver
  /** How long an append, a read or opening waits for another process to let go of the file, in milliseconds; default 5,000. */
  readonly busyWaitMsMax?: number
  /** Opens without writing, checking or repairing anything: for a look at a damaged log. Appends answer `ReadOnly`. */
  readonly readOnly?: boolean
  /**
   * Kept in the file `<file>-reserve` for commits with `mayUseReserve`; default 0, none. While it is in use every other commit is answered
   * `Full`, until there is room to make it again and for as much once more.
   */
  readonly reserveBytes?: number
}

/** Left names what is to be put right. */
export const sqliteEventStore =
  (options: SqliteEventStoreOptions): TE.TaskEither<OpenError, EventStore> =>
  async () => {
    const { file, driver = 'auto', busyWaitMsMax = 5_000, readOnly = false, reserveBytes: bytes = 0 } = options
    const open = () => openLogFiles({ sqlite: loadSqlite(driver), file, readOnly })
    try {
      const opened = await waitWhileBusy(open, busyWaitMsMax)
      if ('tag' in opened) return E.left(opened)
      const reserve = bytes > 0 && opened.writing !== null ? keepReserve({ path: `${file}-reserve`, bytes }) : noReserve
      await reserve.make()
      return E.right(createStore(createLogHandle(opened, open), reserve, busyWaitMsMax))
    } catch (error) {
      const fault = openFault(error)
      if (fault === null) throw error
      return E.left(fault)
    }
  }

const createStore = (handle: LogHandle, reserve: KeptReserve, busyWaitMsMax: number): EventStore => {
  const paged = { handle, busyWaitMsMax }
  const lane = createLane()
  const { watch, announce, end } = createFeed(handle)
  let closing: Promise<void> | null = null

  const tryToWrite = writeOnReserve(handle.write, reserve)
  const write: LogHandle['write'] = (drafts) => {
    const outcome = tryToWrite(drafts)
    if (outcome.tag === 'Written') announce(outcome.head)
    return outcome
  }
  const enqueue = createGroupCommit({ lane, busyWaitMsMax, write })
  const append: EventStore['append'] = (commit) => async () => {
    if (closing !== null) return E.left({ tag: 'Closed' })
    const valid = validateCommit(commit)
    if (E.isLeft(valid)) return valid
    const { condition, mayUseReserve = false } = valid.right
    return enqueue({ commit: draftCommit(valid.right), condition, mayUseReserve })
  }
  const restore: EventStore['restore'] = (pages) => async () => {
    if (closing !== null) return E.left({ tag: 'Closed' })
    const restored = await lane(() => restoreLog(handle, pages, busyWaitMsMax))
    if (E.isRight(restored)) announce(restored.right)
    return restored
  }
  const read: EventStore['read'] = (query, range) => pagedEvents(paged, query, range)
  return {
    append,
    restore,
    read,
    commits: (range) => pagedCommits(paged, range),
    follow: (query, after) => followLog({ read, watch }, query, after),
    head: () => readHead(paged),
    reserve: reserve.state,
    close: () =>
      (closing ??= lane(async () => {
        end()
        await reserve.close()
        handle.close()
      })),
  }
}

interface LocalFeed {
  readonly watch: Feed['watch']
  readonly announce: (head: number) => void
  readonly end: () => void
}

/** Followers hear of what this process wrote at once, and of what others wrote by looking. */
const createFeed = (handle: LogHandle): LocalFeed => {
  const watchers = createWatchers()
  let newest = 0
  const announce = (head: number): void => {
    newest = Math.max(newest, head)
    watchers.grown(newest)
  }
  const poll = createChangePoll(
    () => `${handle.generation()}/${handle.reading().connection.pragma('data_version')}`,
    () => announce(handle.reading().events.head().position),
  )
  const watch: Feed['watch'] = (watcher) => {
    const remove = watchers.add(watcher)
    if (watchers.count() > 0) poll.start()
    watcher.grown(newest)
    return () => {
      remove()
      if (watchers.count() === 0) poll.stop()
    }
  }
  const end = (): void => {
    poll.stop()
    watchers.close()
  }
  return { watch, announce, end }
}
