/** Waiting in a test for what will come. The bound only ends a test that would never end: a machine may be busy with much else. */
import { setTimeout as sleep } from 'node:timers/promises'

const msMax = 90_000

/** Looks every few milliseconds until it holds. Rejects with `what` was waited for. */
export const until = async (holds: () => boolean, what: string): Promise<void> => {
  const endAtMs = performance.now() + msMax
  while (!holds()) {
    if (performance.now() > endAtMs) throw new Error(`waited in vain until ${what}`)
    await sleep(10)
  }
}
