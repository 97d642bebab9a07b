/** Rows of the read models, changed in their file one by one. */
import { decodePage } from '@borgledger/engine'
import { chance, mutateRow } from '@borgledger/testkit'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import type { Ledger } from '../audit/subjects.js'
import { countingKinds, type Kind } from './kinds.js'

/** So many comparisons at once: each folds the log into tables of its own. */
const together = 5

/**
 * A comparison is of the moment at which it began, so a row can be put back at once, and several comparisons share one walk through the log. The
 * log itself is verified; what a verification adds to its walk is just this comparison.
 */
export const mutateRows = async (
  { store, readModels }: Ledger,
  file: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<ReadonlyArray<Kind>> => {
  const [by, result] = [chance(seed + 1), countingKinds()]
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  for (let done = 0; done < count; done += together) {
    const running = []
    for (let nth = done; nth < Math.min(count, done + together); nth++) {
      const { table, undo } = mutateRow(connection, by)
      running.push({ table, comparison: await readModels.compare(), told: `a row of ${table}, change ${nth} of seed ${seed}` })
      undo()
    }
    for await (const page of store.read('all')) {
      const events = decodePage(page)
      for (const { comparison } of running) await comparison.take(events)
    }
    for (const { table, comparison, told } of running) {
      result.add('a changed or missing row', 'verify', told, (await comparison.finish())?.table === table)
      await comparison.close()
    }
  }
  connection.close()
  return result.kinds()
}
