/**
 * The read models port in a SQLite file of its own. Disposable: whatever is lost of it is folded from the log again.
 */
import { noArchives } from '@borgledger/domain'
import type { Comparison, JobEntry, ProjectionFailed, ReadModels } from '@borgledger/engine'
import { type Driver, loadSqlite, transaction, type Waited, waitWhileBusy } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { applyPage } from './apply-page.js'
import { compareTables } from './comparison.js'
import type { JobRow } from './job-row.js'
import { jobsAsOf } from './jobs-as-of.js'
import { keptLogs } from './kept-logs.js'
import { listJobs } from './list-jobs.js'
import { closeFile, openFile } from './open-file.js'
import { emptyTables } from './schema.js'
import { snapshotTable } from './snapshot-table.js'
import { type StoredTables, storedTables } from './stored-tables.js'
import { tally } from './tally.js'

/** The file can be neither used nor made anew: its directory is missing or cannot be written, or it is a database of something else. */
export interface ReadModelsUnavailable {
  readonly tag: 'ReadModelsUnavailable'
  readonly file: string
  readonly detail: string
}

export interface ReadModelsOptions {
  /** Path of the file. It is made when it is missing, and made anew when it is damaged or of another version. */
  readonly file: string
  readonly driver?: Driver
}

/** How long another process (somebody who looks into the file) may keep it locked before a page counts as failed. */
const busyMsMax = 10_000

export const sqliteReadModels = (options: ReadModelsOptions): TaskEither<ReadModelsUnavailable, ReadModels> => {
  const { file, driver = 'auto' } = options
  return async () => {
    const sqlite = loadSqlite(driver)
    try {
      const tables = storedTables(await openFile(sqlite, file))
      return E.right(readModelsIn(tables, () => compareTables(sqlite, file)))
    } catch (error) {
      return E.left({ tag: 'ReadModelsUnavailable', file, detail: error instanceof Error ? error.message : String(error) })
    }
  }
}

const readModelsIn = (tables: StoredTables, compare: () => Comparison): ReadModels => {
  const { connection, checkpoint, repositories, archives, targets, deliveries, ticks } = tables
  const list = listJobs(connection)
  const past = jobsAsOf(connection)
  const logs = keptLogs(connection)
  const counts = tally(connection, repositories.all)
  let closed = false
  return {
    snapshots: snapshotTable(connection),
    position: async () => checkpoint.get(),
    apply: (page) => async () => {
      const applied = await waitWhileBusy(() => applyPage(tables, page), busyMsMax)
      return 'tag' in applied ? E.left(lockedAt(page[0]?.position ?? 0, applied)) : applied
    },
    jobs: (query) => async () => list(query),
    job: (jobId) => async () => entryOf(tables.jobs.get(jobId)),
    keptLogs: (after, limit) => async () => logs.page(after, limit),
    tally: async () => counts(),
    keptLogBytes: async () => logs.bytes(),
    repositories: async () => repositories.all(),
    repository: (repositoryId) => async () => repositories.get(repositoryId) ?? null,
    archives: (repositoryId) => async () => archives.get(repositoryId) ?? noArchives,
    ticks: (query) => async () => ticks.list(query),
    jobsAsOf: (position, query) => async () => past.list(position, query),
    unfinishedAsOf: (position) => async () => past.unfinished(position),
    lastEnded: (query) => async () => past.lastEnded(query),
    lastTickAsOf: (position, scheduleId) => async () => ticks.newestAsOf(position, scheduleId),
    compare: async () => compare(),
    targets: async () => targets.all(),
    target: (targetId) => async () => targets.get(targetId) ?? null,
    deliveries: (query) => async () => deliveries.list(query),
    delivery: (deliveryId) => async () => deliveries.get(deliveryId)?.delivery ?? null,
    reset: async () => transaction(connection, () => emptyTables(connection)),
    close: async () => {
      if (!closed) closeFile(connection)
      closed = true
    },
  }
}

const lockedAt = (position: number, { waitedMs }: Waited): ProjectionFailed => ({
  tag: 'ProjectionFailed',
  position,
  message: `another process kept the read models locked for ${waitedMs} ms`,
  passing: true,
})

const entryOf = (row: JobRow | undefined): JobEntry => {
  if (row === undefined) return { tag: 'Unknown' }
  if (row.deleted !== null) return { tag: 'Deleted', at: row.deleted.at }
  if (row.job === null) throw new Error(`the row of job ${row.id} has no record`)
  return { tag: 'Found', job: row.job }
}
