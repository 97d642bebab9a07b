/** A log changed by hand: what is out of step is found, by verification and by readers (reliability: F14). */
import { join } from 'node:path'
import { CorruptLog, type EventStore, verifyChain } from '@borgledger/eventstore'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadSqlite, openDatabase } from './driver/index.js'
import { append, inDirectory, openStore } from './fixtures/logs.js'

/** Ten commits of three events, then `sql` by a stranger, then the log opened for reading. */
const tamper = (sql: string, look: (store: EventStore) => Promise<void>): Promise<void> =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    for (let n = 1; n <= 10; n++) await append(store, n)
    await store.close()
    const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
    connection.exec(sql)
    connection.close()
    const damaged = await openStore({ file, readOnly: true })
    await look(damaged)
    await damaged.close()
  })

const tamperings: ReadonlyArray<readonly [string, string, number, string | null]> = [
  ['a changed payload', `UPDATE events SET data = '{"n":0}' WHERE position = 8`, 7, 'c3'],
  ['a changed type', `UPDATE events SET type = 'Other' WHERE position = 8`, 7, 'c3'],
  ['a changed actor', `UPDATE commits SET actor = 'user:mallory' WHERE id = 'c3'`, 7, 'c3'],
  ['a changed hash', `UPDATE commits SET hash = '${'0'.repeat(64)}' WHERE id = 'c3'`, 7, 'c3'],
  ['a removed event', 'DELETE FROM events WHERE position = 8', 7, 'c3'],
  ['a removed commit', `DELETE FROM commits WHERE id = 'c3'; DELETE FROM events WHERE position BETWEEN 7 AND 9`, 7, 'c4'],
  ['a commit without its events', 'DELETE FROM events WHERE position BETWEEN 7 AND 9', 7, null],
  ['an event behind the last commit', `INSERT INTO events VALUES (31, 'x', 'X', 1, '[]', '{}')`, 31, null],
  ['a tag taken out of the index', `DELETE FROM event_tags WHERE tag = 'note:3' AND position = 8`, 8, null],
]

for (const [what, sql, position, commitId] of tamperings) {
  test(`${what} is found and placed`, () =>
    tamper(sql, async (store) => {
      const { ok, divergence } = await verifyChain(store.commits({ pageSize: 4 }))
      assert.equal([ok, divergence?.position, divergence?.commitId], [false, position, commitId])
    }))
}

const readsUntil = async (store: EventStore, query: Parameters<EventStore['read']>[0]): Promise<unknown> => {
  try {
    for await (const _ of store.read(query));
    return null
  } catch (error) {
    return error instanceof CorruptLog ? error.position : error
  }
}

test('a reader of everything stops at a gap, and a reader by tag at an event that the index names wrongly', async () => {
  await tamper('DELETE FROM events WHERE position = 8', async (store) => assert.is(await readsUntil(store, 'all'), 8))
  await tamper(`INSERT INTO event_tags VALUES ('note:3', 11)`, async (store) =>
    assert.is(await readsUntil(store, [{ tags: ['note:3'] }]), 11),
  )
})

test.run()
