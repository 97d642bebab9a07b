/**
 * The pool of workers: one thread that supervises every run, replaced as a whole when it dies.
 *
 * tinypool 2.2 does not notice a thread that leaves by `process.exit`: its task, its slot and `destroy()` then wait for ever. A run's port
 * does notice, because the thread's end of it is closed with the thread. So the pool is thrown away when a port closes without an end
 * marker, and nobody waits for it. `minThreads: 1` makes the thread ready at once: tasks for a thread that is still starting are queued, and
 * of these tinypool gives out only one each time the thread comes free.
 */
import type { MessagePort } from 'node:worker_threads'
import { Tinypool } from 'tinypool'
import type { SuperviseTask } from './messages.js'
import { within } from './within.js'

export interface WorkerPool {
  /** Never tinypool's own abort signal: it would end the thread and every other run's supervision with it. */
  readonly supervise: (task: SuperviseTask, transfer: ReadonlyArray<MessagePort>) => Lease
  /** Ends the thread; what it supervises goes on without it. */
  readonly close: () => Promise<void>
}

/** tinypool's own wait may never end. */
const closeMsMax = 5_000

export interface Lease {
  /** The worker is not to be trusted any more: the next task gets a new one. */
  readonly discard: () => void
}

const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.boot.mjs' : './worker.js', import.meta.url).href

const newPool = (filename: string): Tinypool => {
  const pool = new Tinypool({
    filename,
    name: 'supervise',
    runtime: 'worker_threads',
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: 10_000,
    // The default waits in Atomics.wait, in which no timer fires and no port closes.
    useAtomics: false,
  })
  pool.on('error', () => {})
  return pool
}

/** `filename`: the URL of the module that exports `supervise`. */
export const workerPool = (filename = entry): WorkerPool => {
  let current: Tinypool | null = null
  const discard = (pool: Tinypool): void => {
    if (current === pool) current = null
    pool.destroy().catch(() => {})
  }
  return {
    supervise: (task, transfer) => {
      const pool = (current ??= newPool(filename))
      // How the task ended says nothing: it can come before the task's last messages, or never.
      pool.run(task, { transferList: [...transfer] }).catch(() => {})
      return { discard: () => discard(pool) }
    },
    close: async () => {
      const pool = current
      current = null
      if (pool !== null) await within(pool.destroy(), closeMsMax)
    },
  }
}
