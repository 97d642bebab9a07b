/** A ledger with so many finished jobs, and what a start over it costs. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodePage, verifyLedger } from '@borgledger/engine'
import { decodeCommit, type EventStore, type RecordedCommit } from '@borgledger/eventstore'
import { sqliteReadModels } from '@borgledger/readmodels-sqlite'
import { createBorgledger } from 'borgledger'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { finishedJobs } from './history.js'

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const pageCommits = 500

/** Fills log and tables in one pass; answers with the number of events. */
export const makeLedger = async (dataDir: string, jobs: number): Promise<number> => {
  const store = right(await sqliteEventStore({ file: join(dataDir, 'log.db') })())
  const readModels = right(await sqliteReadModels({ file: join(dataDir, 'read-models.db') })())
  async function* pages(): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
    let page: RecordedCommit[] = []
    const take = async () => {
      right(await readModels.apply(decodePage(page.flatMap(decodeCommit)))())
      return page
    }
    for await (const commit of finishedJobs(jobs)) {
      page.push(commit)
      if (page.length < pageCommits) continue
      yield await take()
      page = []
    }
    yield await take()
  }
  const events = right(await store.restore(pages())())
  await readModels.close()
  await store.close()
  return events
}

/** Throws when a commit is not what the rules decide, or a table not what the log leads to. */
export const verifyLog = async (dataDir: string): Promise<void> => {
  const store = right(await sqliteEventStore({ file: join(dataDir, 'log.db') })())
  const readModels = right(await sqliteReadModels({ file: join(dataDir, 'read-models.db') })())
  const { ok, divergence } = await verifyLedger({ store, readModels })
  await readModels.close()
  await store.close()
  if (!ok) throw new Error(`the log that was made up does not hold: ${JSON.stringify(divergence)}`)
}

export interface Start {
  readonly ms: number
  /** Read from the log and decoded. */
  readonly events: number
  /** Read from files by this process. */
  readonly bytes: number
}

/** The time until jobs may be asked for; the ledger is closed again. */
export const startOnce = async (dataDir: string): Promise<Start> => {
  const [began, bytesBefore] = [performance.now(), bytesRead()]
  const store = counted(right(await sqliteEventStore({ file: join(dataDir, 'log.db') })()))
  const ledger = await createBorgledger({ dataDir, store })
  const start = { ms: performance.now() - began, events: store.events(), bytes: bytesRead() - bytesBefore }
  await ledger.close()
  return start
}

const counted = (store: EventStore): EventStore & { readonly events: () => number } => {
  let events = 0
  return {
    ...store,
    events: () => events,
    read: async function* (...asked) {
      for await (const page of store.read(...asked)) {
        events += page.length
        yield page
      }
    },
  }
}

const bytesRead = (): number => Number(/^rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])

export const megabytesOf = (dataDir: string, file: string): number => statSync(join(dataDir, file)).size / 1_000_000
