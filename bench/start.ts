/**
 * Does a start take longer the more jobs there ever were? Run: npx tsx --conditions=@borgledger/source bench/start.ts [--jobs=100000]
 *
 * A ledger with a thousand finished jobs beside one with many more. The first start finds no kept state and folds the whole log; those after
 * it find one. Starts take turns, and medians are compared.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLedger, megabytesOf, type Start, startOnce, verifyLog } from './start/subjects.js'

const few = 1_000
const many = Number(/^--jobs=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 100_000)
const rounds = 9
const ratioMax = 1.5

const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Subject {
  readonly jobs: number
  readonly dataDir: string
  readonly folded: Start
  readonly starts: Start[]
}

const make = async (directory: string, jobs: number): Promise<Subject> => {
  const dataDir = mkdtempSync(join(directory, 'data-'))
  const began = performance.now()
  const events = await makeLedger(dataDir, jobs)
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  const [log, tables] = [megabytesOf(dataDir, 'log.db').toFixed(0), megabytesOf(dataDir, 'read-models.db').toFixed(0)]
  console.log(`${jobs} jobs: ${events} events, a log of ${log} MB, tables of ${tables} MB, made in ${seconds} s`)
  if (jobs === few) await verifyLog(dataDir)
  return { jobs, dataDir, folded: await startOnce(dataDir), starts: [] }
}

const say = (name: string, { ms, events, bytes }: Start): void =>
  console.log(`${ms.toFixed(0).padStart(8)} ${String(events).padStart(9)} ${(bytes / 1_000_000).toFixed(1).padStart(8)}  ${name}`)

const medianOf = (starts: ReadonlyArray<Start>): Start => ({
  ms: median(starts.map(({ ms }) => ms)),
  events: median(starts.map(({ events }) => events)),
  bytes: median(starts.map(({ bytes }) => bytes)),
})

const directory = mkdtempSync(join(tmpdir(), 'bench-start-'))
try {
  const subjects = [await make(directory, few), await make(directory, many)]
  for (let round = 0; round < rounds; round++) for (const { dataDir, starts } of subjects) starts.push(await startOnce(dataDir))
  console.log('      ms    events  MB read')
  for (const { jobs, folded, starts } of subjects) {
    say(`${jobs} jobs, the whole log folded`, folded)
    say(`${jobs} jobs, from the kept state`, medianOf(starts))
  }
  const [small, large] = subjects.map(({ starts }) => medianOf(starts).ms)
  const ratio = (large ?? 0) / (small ?? 1)
  const gain = (subjects[1]?.folded.ms ?? 0) / (large ?? 1)
  console.log(
    `${ratio <= ratioMax ? 'as expected' : 'BELOW EXPECTATION'}: ${many} jobs to ${few}: ${ratio.toFixed(2)} (at most ${ratioMax})`,
  )
  console.log(`a start from the kept state is ${gain.toFixed(0)} times as quick as folding the whole log`)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
