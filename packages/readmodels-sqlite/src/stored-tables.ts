/**
 * The tables of one open file, with the checkpoint that says how much of the log they hold.
 */
import type { ArchiveList, NotificationTarget, Repository } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import type { Connection } from 'eventstore-adapter-sqlite/driver'
import { archiveTable } from './archive-table.js'
import { type DeliveryTable, deliveryTable } from './delivery-table.js'
import type { JobRow } from './job-row.js'
import { jobTable } from './job-table.js'
import { type RecordTable, recordTable } from './record-table.js'
import type { Rows } from './rows.js'
import { type TickTable, tickTable } from './tick-table.js'

export interface StoredTables {
  readonly connection: Connection
  readonly checkpoint: Checkpoint
  readonly jobs: Rows<JobRow>
  readonly repositories: RecordTable<Repository>
  readonly targets: RecordTable<NotificationTarget>
  readonly deliveries: DeliveryTable
  readonly archives: Rows<ArchiveList>
  readonly ticks: TickTable
}

export interface Checkpoint {
  readonly get: () => Position
  readonly set: (position: Position) => void
}

export const storedTables = (connection: Connection): StoredTables => ({
  connection,
  checkpoint: checkpointOf(connection),
  jobs: jobTable(connection),
  repositories: recordTable(connection, 'repositories'),
  targets: recordTable(connection, 'targets'),
  deliveries: deliveryTable(connection),
  archives: archiveTable(connection),
  ticks: tickTable(connection),
})

const checkpointOf = (connection: Connection): Checkpoint => {
  const get = connection.prepare('SELECT position FROM checkpoint')
  const set = connection.prepare('UPDATE checkpoint SET position = ?')
  return { get: () => Number(get.get()?.['position']), set: (position) => set.run(position) }
}
