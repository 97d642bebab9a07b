/**
 * Removes the logs of jobs whose entries were deleted: when that happens, and at the start those that an earlier owner could not remove.
 *
 * The file goes first, then the log of events says so: in between, the next start finds nothing to remove and nothing is lost.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { JobLogs } from '../ports/job-logs.js'
import type { ReadModels } from '../ports/read-models.js'
import type { Submitter } from '../submit/submitter.js'

export interface LogKeeperDeps extends Pick<Submitter, 'submit' | 'committed$'> {
  readonly logs: JobLogs
  readonly readModels: ReadModels
  /** Hears of a log that could not be removed (null: of any); it is tried again at the next start. */
  readonly onLogLeft: (jobId: string | null, message: string) => void
}

export interface LogKeeper {
  /** Looks at every log once. To be called when the read models are at the head of the log; does nothing once closed. */
  readonly sweep: () => Promise<void>
  /** Resolves once nothing is under way any more. */
  readonly close: () => Promise<void>
}

export const createLogKeeper = (deps: LogKeeperDeps): LogKeeper => {
  let working: Promise<void> = Promise.resolve()
  let closed = false
  const queue = (act: () => Promise<void>): Promise<void> => {
    if (!closed) working = working.then(act).catch((cause: unknown) => deps.onLogLeft(null, String(cause)))
    return working
  }
  const hearing = deps.committed$.subscribe(({ event }) => {
    if (event.type === 'JobEntryDeleted') void queue(() => remove(deps, event.jobId))
  })
  return {
    sweep: () => queue(() => sweep(deps)),
    close: () => {
      closed = true
      hearing.unsubscribe()
      return working
    },
  }
}

const sweep = async (deps: LogKeeperDeps): Promise<void> => {
  for (const jobId of await deps.logs.jobIds()) {
    const entry = await deps.readModels.job(jobId)()
    if (entry.tag === 'Deleted') await remove(deps, jobId)
  }
}

const remove = async ({ logs, submit, onLogLeft }: LogKeeperDeps, jobId: string): Promise<void> => {
  const removed = await logs.remove(jobId)()
  if (E.isLeft(removed)) onLogLeft(jobId, removed.left.message)
  else if (removed.right) await submit({ command: { type: 'ReportLogRemoved', jobId, reason: 'entry-deleted' }, actor: 'system:logs' })()
}
