/**
 * Removes the logs whose removal is decided, and reports each that is gone. The file goes first: in between, the next look finds no file and
 * reports it then.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { JobLogs } from '../ports/job-logs.js'
import type { Submitter } from '../submit/submitter.js'

export interface Removing extends Pick<Submitter, 'submit' | 'state'> {
  readonly logs: JobLogs
  /** Hears of a log that could not be removed; it is tried again at the next housekeeping. */
  readonly onLogLeft: (jobId: string, message: string) => void
}

/** By job, why its log could not be removed. */
export type LogsLeft = Map<string, string>

/** Passes over those that are in `left`, and keeps those there that cannot be removed. */
export const removeDue = async (deps: Removing, left: LogsLeft): Promise<void> => {
  for (const jobId of deps.state().logsDue.keys()) if (!left.has(jobId)) await remove(deps, jobId, left)
}

const remove = async ({ logs, submit, onLogLeft }: Removing, jobId: string, left: LogsLeft): Promise<void> => {
  const removed = await logs.remove(jobId)()
  if (E.isLeft(removed)) {
    left.set(jobId, removed.left.message)
    onLogLeft(jobId, removed.left.message)
  } else await submit({ command: { type: 'ReportLogRemoved', jobId }, actor: 'system:logs' })()
}
