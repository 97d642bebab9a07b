/** What is measured of a log: made, read raw, verified in part and in whole, shown as of an instant. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodePage, type ReadModels, verifyLedger } from '@borgledger/engine'
import { type EventStore, type RecordedCommit, verifyChain } from '@borgledger/eventstore'
import { sqliteReadModels } from '@borgledger/readmodels-sqlite'
import { generatedHistory } from '@borgledger/testkit'
import { createBorgledger } from 'borgledger'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'

export interface Files {
  readonly log: string
  readonly tables: string
}

export const filesIn = (directory: string): Files => ({ log: join(directory, 'log.db'), tables: join(directory, 'read-models.db') })

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

export interface Ledger {
  readonly store: EventStore
  readonly readModels: ReadModels
}

export const openLedger = async ({ log, tables }: Files): Promise<Ledger> => ({
  store: right(await sqliteEventStore({ file: log })()),
  readModels: right(await sqliteReadModels({ file: tables })()),
})

export const closeLedger = async ({ store, readModels }: Ledger): Promise<void> => {
  await store.close()
  await readModels.close()
}

const pageCommits = 500

async function* pagesOf(commits: Iterable<RecordedCommit>): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  let page: RecordedCommit[] = []
  for (const commit of commits) {
    page.push(commit)
    if (page.length < pageCommits) continue
    yield page
    page = []
  }
  yield page
}

/** Fills an empty ledger; answers with the position of the last event. */
export const makeHistory = async ({ store, readModels }: Ledger, jobs: number, seed: number): Promise<number> => {
  const head = right(await store.restore(pagesOf(generatedHistory({ jobs, seed })))())
  for await (const page of store.read('all')) right(await readModels.apply(decodePage(page))())
  return head
}

/** Every row of the log with its texts as JSON: the least that anybody could do to read it. Answers with the number of events. */
export const readRaw = ({ log }: Files): number => {
  const connection = openDatabase(loadSqlite(), { file: log, mode: 'read' })
  const events = connection.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT 1000')
  const commits = connection.prepare('SELECT * FROM commits WHERE last > ? ORDER BY last LIMIT 1000')
  let [read, last] = [0, 0]
  for (let page = commits.all(0); page.length > 0; page = commits.all(last)) {
    for (const row of page) JSON.parse(String(row['command']))
    last = Number(page.at(-1)?.['last'])
  }
  for (let page = events.all(0); page.length > 0; page = events.all(read)) {
    for (const row of page) {
      JSON.parse(String(row['tags']))
      JSON.parse(String(row['data']))
    }
    read = Number(page.at(-1)?.['position'])
  }
  connection.close()
  return read
}

/** The hash chain alone. */
export const readChain = async ({ store }: Ledger): Promise<number> => {
  const { ok, events, divergence } = await verifyChain(store.commits())
  if (!ok) throw new Error(JSON.stringify(divergence))
  return events
}

/** The chain, and every decision made again; with the tables where they are given. */
export const verifyAll = async (store: EventStore, readModels: ReadModels | null): Promise<number> => {
  const verdict = await verifyLedger({ store, readModels })
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.divergence))
  return verdict.events
}

/** Until a ledger that only looks is open. */
export const startUpMs = async (directory: string): Promise<number> => {
  const begun = performance.now()
  const ledger = await createBorgledger({ dataDir: directory, runsJobs: false })
  const ms = performance.now() - begun
  await ledger.close()
  return ms
}

export const megabytesIn = (directory: string): number =>
  readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0) / 1_000_000
