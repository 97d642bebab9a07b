/** Lists of jobs as they were at random instants of a history. */
import { headOf, jobsAsOf, positionAt } from '@borgledger/engine'
import { chance } from '@borgledger/testkit'
import type { Ledger } from './subjects.js'

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number
  readonly p99: number
}

/** A page of 50, its instant looked up too. */
export interface Pages {
  readonly passed: Percentiles
  /** Time of the processor, in all threads of the process: what neighbours on the machine take is not in it. */
  readonly worked: Percentiles
}

const percentilesOf = (values: ReadonlyArray<number>): Percentiles => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

export const asOfPages = async (ledger: Ledger, seed: number, pages: number): Promise<Pages> => {
  const by = chance(seed)
  const head = await headOf(ledger.store)
  const instants: string[] = []
  for (let page = 0; page < pages; page++)
    for await (const [event] of ledger.store.read('all', { after: by.whole(0, head - 1), pageSize: 1 })) {
      if (event !== undefined) instants.push(event.at)
      break
    }
  const [passed, worked]: [number[], number[]] = [[], []]
  for (const at of instants) {
    const [begun, before] = [performance.now(), process.cpuUsage()]
    await jobsAsOf(ledger, await positionAt(ledger.store, at), { limit: 50 })
    const { user, system } = process.cpuUsage(before)
    passed.push(performance.now() - begun)
    worked.push((user + system) / 1_000)
  }
  return { passed: percentilesOf(passed), worked: percentilesOf(worked) }
}
