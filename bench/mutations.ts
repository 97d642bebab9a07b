/**
 * Does verification name every change behind the back of a long log and of its read models? Run, after a build:
 * npx tsx bench/mutations.ts [--jobs=2000] [--mutations=200] [--rows=10] [--seed=20261103] [--log=DIRECTORY to make the history in, or to find it]
 *
 * The whole log is verified once. On the way it leaves places up to which all is well, with the decision state there; a changed log is then
 * verified from the last such place before its change, for up to there it is the log that was verified. Everything is read from SQLite; the
 * change is made to what is read. A changed row is changed in the file, compared with a fold of the whole log, and put back.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeLedger, filesIn, makeHistory, megabytesIn, openLedger } from './audit/subjects.js'
import { type Kind, tableOf } from './mutations/kinds.js'
import { mutateLog, verifiedPlaces } from './mutations/log.js'
import { mutateRows } from './mutations/rows.js'

const given = new Map(process.argv.slice(2).map((text) => text.replace(/^--/, '').split('=') as [string, string]))
const numberOf = (name: string, otherwise: number): number => Number(given.get(name) ?? otherwise)
const [jobs, count, rows, seed] = [numberOf('jobs', 2_000), numberOf('mutations', 200), numberOf('rows', 10), numberOf('seed', 20_261_103)]
const kept = given.get('log')
const directory = kept ?? mkdtempSync(join(tmpdir(), 'bench-mutations-'))

const timed = async <A>(what: string, work: () => Promise<A>): Promise<A> => {
  const begun = performance.now()
  const value = await work()
  console.log(`${what}: ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
  return value
}

try {
  mkdirSync(directory, { recursive: true })
  const files = filesIn(directory)
  const ledger = await openLedger(files)
  if ((await ledger.readModels.position()) === 0) await timed('made', () => makeHistory(ledger, jobs, seed))
  console.log(`${await ledger.readModels.position()} events, ${megabytesIn(directory).toFixed(0)} MB, seed ${seed}`)
  const places = await timed('the log as it was, with its tables, is verified', () => verifiedPlaces(ledger))
  const logKinds = await timed(`${count} changes of the log`, () => mutateLog(ledger.store, places, { count, seed, directory }))
  const rowKinds = await timed(`${rows} changed rows`, () => mutateRows(ledger, files.tables, { count: rows, seed }))
  const kinds: ReadonlyArray<Kind> = [...logKinds, ...rowKinds]
  for (const line of tableOf(kinds)) console.log(line)
  const passed = kinds.reduce((sum, kind) => sum + kind.passed.length, 0)
  for (const told of kinds.flatMap((kind) => kind.passed)) console.log(`PASSED: ${told}`)
  if (passed > 0) process.exitCode = 1
  await closeLedger(ledger)
} finally {
  if (kept === undefined) rmSync(directory, { recursive: true, force: true })
}
