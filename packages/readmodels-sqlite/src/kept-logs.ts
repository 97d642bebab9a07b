/**
 * The logs that are kept, by the end of their jobs: what housekeeping walks through. Answered from one index alone.
 */
import type { KeptLog } from '@borgledger/engine'
import type { Connection } from 'eventstore-adapter-sqlite/driver'

export interface KeptLogs {
  /** The oldest end first, after the one given. */
  readonly page: (after: KeptLog | null, limit: number) => ReadonlyArray<KeptLog>
  readonly bytes: () => number
}

export const keptLogs = (connection: Connection): KeptLogs => {
  const page = connection.prepare(
    `SELECT finished_at, id, log_bytes FROM jobs WHERE log_bytes IS NOT NULL AND (finished_at, id) > (?, ?) ORDER BY finished_at, id LIMIT ?`,
  )
  const sum = connection.prepare('SELECT TOTAL(log_bytes) AS bytes FROM jobs WHERE log_bytes IS NOT NULL')
  return {
    page: (after, limit) =>
      page.all(after?.finishedAt ?? '', after?.jobId ?? '', limit).map((row) => ({
        jobId: String(row['id']),
        finishedAt: String(row['finished_at']),
        bytes: Number(row['log_bytes']),
      })),
    bytes: () => Number(sum.get()?.['bytes']),
  }
}
