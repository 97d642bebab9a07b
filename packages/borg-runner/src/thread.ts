/**
 * One worker thread: loaded or not, there or gone. A tinypool of a single thread that is used up with it.
 *
 * tinypool 2.2 does not notice a thread that leaves by `process.exit`: its tasks, its slot and `destroy()` then wait for ever. So the thread
 * itself is listened to, nobody waits for a pool whose thread is gone, and none is used again. `minThreads: 1` keeps the thread when it has
 * nothing to do, and makes tinypool start a second one when the first cannot be loaded, which ends with the pool.
 */
import type { MessagePort } from 'node:worker_threads'
import { Tinypool } from 'tinypool'
import type { SuperviseTask } from './messages.js'
import { patience } from './patience.js'

export interface Thread {
  /** How the task ends says nothing: it can come before the task's last messages, or never. */
  readonly supervise: (task: SuperviseTask, transfer: ReadonlyArray<MessagePort>) => void
  /** Ends it; `gone` hears of that too. To be waited for with a limit: tinypool's own wait may never end. */
  readonly end: (why: string) => Promise<void>
}

export interface ThreadEvents {
  /** Its module is loaded. */
  readonly loaded: () => void
  /** Once, at the latest when it could not be started, was not loaded in time, or ended by itself. */
  readonly gone: (why: string) => void
}

/** Far more than loading takes on the busiest machine. */
const loadMsMax = 60_000

/** `filename`: the URL of a module that exports `supervise` and `ready`. Throws when there can be no thread. */
export const startThread = (filename: string, hear: ThreadEvents): Thread => {
  const pool = newPool(filename)
  let ended: Promise<void> | null = null
  const end = (why: string): Promise<void> => {
    if (ended !== null) return ended
    loading.end()
    ended = pool.destroy().catch(() => {})
    hear.gone(why)
    return ended
  }
  const loading = patience(loadMsMax, () => void end(`it was not loaded within ${loadMsMax / 1_000} s`))
  for (const worker of pool.threads) {
    worker.once('error', (error: Error) => void end(error.message))
    worker.once('exit', (code: number) => void end(`it ended by itself, with exit code ${code}`))
  }
  pool.run(null, { name: 'ready' }).then(
    () => {
      loading.end()
      if (ended === null) hear.loaded()
    },
    (error: Error) => void end(error.message),
  )
  return { end, supervise: (task, transfer) => void pool.run(task, { transferList: [...transfer] }).catch(() => {}) }
}

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
