/** The one kept decision state, in a row of its own. */
import type { Snapshot, Snapshots } from '@borgledger/engine'
import type { Connection } from 'eventstore-adapter-sqlite/driver'

export const snapshotTable = (connection: Connection): Snapshots => {
  const get = connection.prepare('SELECT position, hash, shape, state, digest FROM snapshot')
  const put = connection.prepare('INSERT OR REPLACE INTO snapshot (one, position, hash, shape, state, digest) VALUES (1, ?, ?, ?, ?, ?)')
  return {
    newest: async () => {
      const row = get.get()
      if (row === undefined) return null
      const text = (column: string): string => String(row[column])
      return { position: Number(row['position']), hash: text('hash'), shape: text('shape'), state: text('state'), digest: text('digest') }
    },
    keep:
      ({ position, hash, shape, state, digest }: Snapshot) =>
      async () =>
        void put.run(position, hash, shape, state, digest),
  }
}
