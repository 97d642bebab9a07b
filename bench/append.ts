/**
 * How fast is a durable append, beside the plainest thing SQLite can do here? Run: npx tsx --conditions=@borgledger/source bench/append.ts
 *
 * Absolute numbers say more about the disk than about the code, and the disk has neighbours; so rounds take turns, and medians are compared.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRaw, openStore, type Subject } from './append/subjects.js'

const rounds = 9
const roundMs = 300
const expectations: ReadonlyArray<{ readonly subject: string; readonly ratioMin: number }> = [
  { subject: 'store, 1 caller', ratioMin: 0.5 },
  { subject: 'store, 32 callers', ratioMin: 3 },
]

const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Commits a second over one round. */
const measure = async (subject: Subject): Promise<number> => {
  const begun = performance.now()
  const commits = await subject.run(begun + roundMs)
  return (commits * 1_000) / (performance.now() - begun)
}

const measureAll = async (subjects: ReadonlyArray<Subject>): Promise<ReadonlyMap<string, number>> => {
  const rates = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (const subject of subjects) await measure(subject)
  for (let round = 0; round < rounds; round++) for (const subject of subjects) rates.get(subject.name)?.push(await measure(subject))
  return new Map([...rates].map(([name, values]) => [name, median(values)]))
}

const directory = mkdtempSync(join(tmpdir(), 'bench-append-'))
try {
  const store = await openStore(join(directory, 'log.db'))
  const raw = openRaw(join(directory, 'raw.db'))
  const subjects = [raw, ...[1, 8, 32, 128].map((callers) => store.subject(callers))]
  const rates = await measureAll(subjects)
  const base = rates.get(raw.name) ?? 0
  console.log('commits/s  ratio to raw')
  for (const [name, rate] of rates)
    console.log(`${Math.round(rate).toString().padStart(9)}  ${(rate / base).toFixed(2).padStart(12)}  ${name}`)
  const missed = expectations.filter(({ subject, ratioMin }) => (rates.get(subject) ?? 0) / base < ratioMin)
  const verdict = missed.length === 0 ? 'as expected' : 'BELOW EXPECTATION'
  console.log(`${verdict}: ${expectations.map(({ subject, ratioMin }) => `${subject} >= ${ratioMin}`).join(', ')}`)
  await store.close()
} finally {
  rmSync(directory, { recursive: true, force: true })
}
