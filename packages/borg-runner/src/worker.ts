/**
 * The worker: supervises runs of borg and holds no truth. It may die at any moment; the run's directory is enough for the next one.
 *
 * Lean on purpose (Node's own modules only): it starts with the host and again after every accident.
 */

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import type { FromWorker, SuperviseTask } from './messages.js'
import { launch } from './process/wrapper.js'
import { type RunDir, runDir } from './run-dir.js'
import { supervision } from './supervision.js'

/** Answers once all of the above is loaded. */
export const ready = (): true => true

/** Starts or follows one run, and tells of it over the port until an end marker. Never rejects. */
export const supervise = async (task: SuperviseTask): Promise<void> => {
  const say = (message: FromWorker): void => task.port.postMessage(message)
  const run = runDir(task.dataDir, task.runId)
  try {
    mkdirSync(run.path, { recursive: true, mode: 0o700 })
    const wrapper = await startOnce(run, task)
    await supervision({ run, task, wrapper, say })
  } catch (error) {
    say({ tag: existsSync(run.started) ? 'Failed' : 'NotStarted', message: (error as Error).message })
  } finally {
    task.port.close()
  }
}

/** Null when there is nothing to start. That a run starts only once does not hang on this look: the wrapper makes sure of it. */
const startOnce = async (run: RunDir, { start, runId, jobId }: SuperviseTask): Promise<ChildProcess | null> => {
  if (start === null || existsSync(run.started)) return null
  writeFileSync(run.request, JSON.stringify({ runId, jobId, argv: start.argv, cwd: start.cwd }), { mode: 0o600 })
  const wrapper = launch(run, start)
  await once(wrapper, 'spawn')
  return wrapper
}
