/** What is compared: single inserts through the bare driver, and the store with so many callers at a time. All durable, WAL and FULL. */
import type { Commit } from '@borgledger/eventstore'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'

export interface Subject {
  readonly name: string
  /** Commits until the time is up (`performance.now()`); answers with how many were made. */
  readonly run: (untilMs: number) => Promise<number>
}

const payload = { text: 'x'.repeat(120), archive: 'laptop-2026-11-03', seconds: 41 }

/** A transaction for every row of one small table: the floor under any durable append. */
export const openRaw = (file: string): Subject => {
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  connection.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, data TEXT NOT NULL)')
  const insert = connection.prepare('INSERT INTO t (data) VALUES (?)')
  return {
    name: 'raw single inserts',
    run: async (untilMs) => {
      let commits = 0
      for (; performance.now() < untilMs; commits++) insert.run(JSON.stringify({ ...payload, n: commits }))
      return commits
    },
  }
}

let made = 0

/** One event with three tags, as a job's life has them. */
const nextCommit = (): Commit => {
  const n = ++made
  return {
    commitId: `commit-${n}`,
    at: '2026-11-03T02:13:00.000Z',
    actor: 'user:anna',
    correlationId: `request-${n}`,
    causationId: null,
    command: { type: 'Note' },
    events: [
      { id: `event-${n}`, type: 'Noted', version: 1, tags: [`job:${n}`, `repository:${n % 50}`, 'user:anna'], data: { ...payload, n } },
    ],
  }
}

export interface StoreUnderTest {
  readonly subject: (callers: number) => Subject
  readonly close: () => Promise<void>
}

export const openStore = async (file: string): Promise<StoreUnderTest> => {
  const opened = await sqliteEventStore({ file })()
  if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  const store = opened.right
  const caller = async (untilMs: number): Promise<number> => {
    let commits = 0
    for (; performance.now() < untilMs; commits++) {
      const appended = await store.append(nextCommit())()
      if (E.isLeft(appended)) throw new Error(JSON.stringify(appended.left))
    }
    return commits
  }
  return {
    close: store.close,
    subject: (callers) => ({
      name: `store, ${callers} ${callers === 1 ? 'caller' : 'callers'}`,
      run: async (untilMs) => {
        const counts = await Promise.all(Array.from({ length: callers }, () => caller(untilMs)))
        return counts.reduce((sum, count) => sum + count, 0)
      },
    }),
  }
}
