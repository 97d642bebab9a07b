/** Counts over the tables, each answered from one index alone. */
import type { Repository } from '@borgledger/domain'
import type { Tally } from '@borgledger/engine'
import type { Connection, Row } from 'eventstore-adapter-sqlite/driver'

/** `registered`: the repositories that there are. */
export const tally = (connection: Connection, registered: () => ReadonlyArray<Repository>): (() => Tally) => {
  const jobs = connection.prepare(
    'SELECT type, state, outcome, COUNT(*) AS count FROM jobs WHERE finished IS NOT NULL GROUP BY type, state, outcome',
  )
  const ticks = connection.prepare(
    "SELECT schedule_id, outcome, SUM(instants) AS count FROM ticks WHERE outcome <> 'queued' GROUP BY schedule_id, outcome",
  )
  // One that was registered anew under an id of before starts from nothing.
  const backup = connection.prepare(`
    SELECT MAX(finished_at) AS last FROM jobs WHERE type = 'backup' AND state = 'completed' AND repository_id = ? AND finished_at > ?`)
  return () => ({
    jobs: jobs.all().map((row) => ({ ...row, count: Number(row['count']) }) as Tally['jobs'][number]),
    ticks: ticks.all().map(tickCount),
    backups: registered().map(({ id, registeredAt }) => {
      const last = backup.get(id, registeredAt)?.['last']
      return { repositoryId: id, lastGoodAt: last == null ? null : String(last) }
    }),
  })
}

const tickCount = (row: Row): Tally['ticks'][number] => ({
  scheduleId: String(row['schedule_id']),
  outcome: row['outcome'] as Tally['ticks'][number]['outcome'],
  count: Number(row['count']),
})
