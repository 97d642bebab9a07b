/**
 * Every event after a position, then each new one: in order, no gap, no repeat. It reads on when it is asked for more, so that a slow reader
 * holds one page and no queue.
 */
import type { Borgledger, EventRecord } from 'borgledger'
import { doorbell } from './doorbell.js'

const pageSize = 200

export async function* recordedAfter(ledger: Borgledger, after: number, signal: AbortSignal): AsyncGenerator<EventRecord> {
  const bell = doorbell(ledger.events$, signal)
  try {
    for (let at = after; !bell.over(); ) {
      const page = await ledger.events({ after: at, limit: pageSize })
      yield* page
      at = page.at(-1)?.position ?? at
      if (page.length === 0) await bell.rung()
    }
  } finally {
    bell.remove()
  }
}
