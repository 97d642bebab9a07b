/** Lists of jobs as they were at random instants of a history. */
import { headOf, jobsAsOf, positionAt } from '@borgledger/engine'
import { chance } from '@borgledger/testkit'
import type { Ledger } from './subjects.js'

/** Milliseconds a page of 50, its instant looked up too. */
export interface Pages {
  readonly p50: number
  readonly p99: number
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
  const times: number[] = []
  for (const at of instants) {
    const begun = performance.now()
    await jobsAsOf(ledger, await positionAt(ledger.store, at), { limit: 50 })
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  return { p50: times[Math.floor(pages * 0.5)] ?? 0, p99: times[Math.floor(pages * 0.99)] ?? 0 }
}
