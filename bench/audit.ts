/**
 * How fast is the audit of a long history, beside a plain read of the same file? Run, after a build (from source it is slower by a fifth):
 * npx tsx bench/audit.ts [jobs, default 2000] [directory to keep the history in]
 *
 * The history is made by the real rules on a clock of its own: 100000 jobs make two million events. A directory that holds one already is
 * read as it is. Rounds take turns, all in one thread. Medians and the best rounds are printed, and the best are judged: neighbours on the
 * machine only ever add time.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whatIf } from '@borgledger/engine'
import { asOfPages, type Pages } from './audit/as-of.js'
import {
  closeLedger,
  type Files,
  filesIn,
  type Ledger,
  makeHistory,
  megabytesIn,
  openLedger,
  readChain,
  readRaw,
  startUpMs,
  verifyAll,
} from './audit/subjects.js'

const rounds = 3
const seed = 20_261_103
const [jobs, kept] = [Number(process.argv[2] ?? 2_000), process.argv[3]]
const expectations = { chain: 0.5, everything: 0.2, asOfMs: 10 } as const

const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const best = (values: ReadonlyArray<number>): number => Math.min(...values)
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`

const timed = async (work: () => unknown): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
/** Of this process since it began. */
const peakMemory = (): string => `${(process.resourceUsage().maxRSS / 1_000).toFixed(0)} MB`

/** Of each part of the audit, how its rate compares to that of a raw read: in the best of the rounds. */
const measureRates = async (
  files: Files,
  ledger: Ledger,
  events: number,
): Promise<{ readonly chain: number; readonly everything: number }> => {
  const subjects: ReadonlyArray<readonly [string, () => unknown]> = [
    ['raw read with JSON parsing', () => readRaw(files)],
    ['chain', () => readChain(ledger)],
    ['chain and decisions', () => verifyAll(ledger.store, null)],
    ['everything', () => verifyAll(ledger.store, ledger.readModels)],
  ]
  const times = new Map<string, number[]>(subjects.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++) for (const [name, work] of subjects) times.get(name)?.push(await timed(work))
  const raw = times.get('raw read with JSON parsing') ?? []
  const ratio = (name: string, of: typeof best): number => of(raw) / of(times.get(name) ?? [])
  console.log('events/s  ratio to raw: median  best')
  for (const [name, values] of times) {
    const rate = String(Math.round((events * 1_000) / best(values))).padStart(8)
    console.log(`${rate} ${ratio(name, median).toFixed(2).padStart(21)} ${ratio(name, best).toFixed(2).padStart(5)}  ${name}`)
  }
  return { chain: ratio('chain', best), everything: ratio('everything', best) }
}

/** The 99th percentile of the best round, ms. */
const measurePages = async (ledger: Ledger): Promise<number> => {
  const pages: Pages[] = []
  for (let round = 0; round < rounds; round++) pages.push(await asOfPages(ledger, seed, 500))
  const said = (values: ReadonlyArray<number>): string => `${median(values).toFixed(1)} ms (best round ${best(values).toFixed(1)})`
  console.log('a page of 50 jobs as of a random instant:')
  for (const [name, of] of [
    ['until it is there', pages.map(({ passed }) => passed)],
    ['time of the processor', pages.map(({ worked }) => worked)],
  ] as const)
    console.log(`  ${name}: median ${said(of.map(({ p50 }) => p50))}, p99 ${said(of.map(({ p99 }) => p99))}`)
  return best(pages.map(({ passed }) => passed.p99))
}

const measure = async (directory: string, ledger: Ledger, events: number): Promise<void> => {
  const { chain, everything } = await measureRates(filesIn(directory), ledger, events)
  console.log(`peak memory of these: ${peakMemory()}`)
  const asOfMs = await measurePages(ledger)
  let same = false
  const whatIfMs = await timed(async () => (same = (await whatIf(ledger.store, {})).identical))
  console.log(`what-if with nothing changed: ${same ? 'identical' : 'NOT IDENTICAL'}, in ${seconds(whatIfMs)}`)
  const holds = chain >= expectations.chain && everything >= expectations.everything && asOfMs <= expectations.asOfMs
  const verdict = holds ? 'as expected' : 'BELOW EXPECTATION'
  console.log(`${verdict}: chain >= ${expectations.chain}, everything >= ${expectations.everything}, p99 <= ${expectations.asOfMs} ms`)
}

const directory = kept ?? mkdtempSync(join(tmpdir(), 'bench-audit-'))
try {
  mkdirSync(directory, { recursive: true })
  const making = await openLedger(filesIn(directory))
  if ((await making.readModels.position()) === 0) console.log(`made in ${seconds(await timed(() => makeHistory(making, jobs, seed)))}`)
  await closeLedger(making)
  // Opened anew: what was made at once still stands in the write-ahead log, where nobody's history is.
  const ledger = await openLedger(filesIn(directory))
  const events = await ledger.readModels.position()
  console.log(`${events} events, ${megabytesIn(directory).toFixed(0)} MB`)
  await measure(directory, ledger, events)
  await closeLedger(ledger)
  console.log(`start-up of a ledger over it: ${seconds(await startUpMs(directory))}`)
  console.log(`peak memory, the what-if too: ${peakMemory()}`)
} finally {
  if (kept === undefined) rmSync(directory, { recursive: true, force: true })
}
