/** Waits for something, but not for ever; the process stays for as long as it waits, whatever else has been let go of. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Ends when the promise is settled, or the time is over. */
export const within = async (promise: Promise<unknown>, msMax: number): Promise<void> => {
  const over = new AbortController()
  const time = sleep(msMax, undefined, { signal: over.signal }).catch(() => {})
  await Promise.race([promise, time]).finally(() => over.abort())
}
