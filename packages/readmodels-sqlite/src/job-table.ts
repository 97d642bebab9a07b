/**
 * Job rows in and out of SQLite. A record stands as the JSON text that its fold gives.
 */
import type { Job, JobStatus, JobType } from '@borgledger/domain'
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'
import { type JobRow, type ListedBy, listedOf } from './job-row.js'
import type { Rows } from './rows.js'

export const jobTable = (connection: Connection): Rows<JobRow> => {
  const one = connection.prepare('SELECT * FROM jobs WHERE id = ?')
  const put = connection.prepare(`
    INSERT OR REPLACE INTO jobs
      (created, id, type, state, outcome, repository_id, schedule_id, created_at, started, finished, deleted, deleted_at, finished_at, log_bytes, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return {
    get: (id) => {
      const found = one.get(id)
      return found && rowOf(found)
    },
    set: (id, row) => {
      if (row === undefined) return
      const { type, state, outcome, repositoryId, scheduleId, createdAt, finishedAt, logBytes } = listedOf(row)
      const deleted = [row.deleted?.position ?? null, row.deleted?.at ?? null] as const
      const rest = [...deleted, finishedAt, logBytes, row.job && JSON.stringify(row.job)] as const
      put.run(row.created, id, type, state, outcome, repositoryId, scheduleId, createdAt, row.started, row.finished, ...rest)
    },
  }
}

/** The columns were written by `set` above, and a file of another version is never read: so they are what they were. */
const rowOf = (row: Row): JobRow => ({
  id: String(row['id']),
  created: Number(row['created']),
  started: numberOrNull(row['started']),
  finished: numberOrNull(row['finished']),
  deleted: row['deleted'] == null ? null : { position: Number(row['deleted']), at: String(row['deleted_at']) },
  job: row['record'] == null ? null : recordOf(row),
  left: row['record'] == null ? leftOf(row) : null,
})

const leftOf = (row: Row): ListedBy => ({
  type: row['type'] as JobType,
  state: row['state'] as JobStatus,
  outcome: row['outcome'] as ListedBy['outcome'],
  repositoryId: textOrNull(row['repository_id']),
  scheduleId: textOrNull(row['schedule_id']),
  createdAt: String(row['created_at']),
  finishedAt: textOrNull(row['finished_at']),
  logBytes: numberOrNull(row['log_bytes']),
})

/** The record of a row that has one. */
export const recordOf = (row: Row): Job => JSON.parse(String(row['record']))

const numberOrNull = (value: Row[string] | undefined): number | null => (value == null ? null : Number(value))
const textOrNull = (value: Row[string] | undefined): string | null => (value == null ? null : String(value))
