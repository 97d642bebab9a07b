/**
 * Finds the logs that are older than the settings keep them, then the oldest of the others as long as all logs together are over the cap.
 *
 * A page of them at a time, so that a long history costs time and no memory. Only logs of jobs that are over are ever found.
 */
import { isLogTooOld } from '@borgledger/domain'
import type { Clock } from '../ports/clock.js'
import type { JobLogs } from '../ports/job-logs.js'
import type { KeptLog, ReadModels } from '../ports/read-models.js'
import type { Submitter } from '../submit/submitter.js'

export interface Overdue extends Pick<Submitter, 'state'> {
  readonly logs: JobLogs
  readonly readModels: ReadModels
  readonly clock: Clock
}

const pageSize = 100

export interface OverdueLog {
  readonly jobId: string
  readonly reason: 'age' | 'cap'
}

/** To be asked for when the read models are at the head of the log; the oldest end first. */
export async function* overdueLogs(deps: Overdue): AsyncGenerator<OverdueLog> {
  const { settings } = deps.state()
  const now = deps.clock.now()
  let bytes = (await deps.readModels.keptLogBytes()) + (await growingBytes(deps))
  for await (const log of keptLogs(deps)) {
    const tooOld = isLogTooOld(log.finishedAt, now, settings)
    if (!tooOld && bytes <= settings.logMaxTotalBytes) return
    bytes -= log.bytes
    yield { jobId: log.jobId, reason: tooOld ? 'age' : 'cap' }
  }
}

async function* keptLogs({ readModels }: Overdue): AsyncGenerator<KeptLog> {
  let page = await readModels.keptLogs(null, pageSize)()
  while (page.length > 0) {
    yield* page
    page = await readModels.keptLogs(page.at(-1) ?? null, pageSize)()
  }
}

/** The logs of unfinished jobs count too, and stay. */
const growingBytes = async ({ state, logs }: Overdue): Promise<number> => {
  let bytes = 0
  for (const jobId of state().jobs.keys()) bytes += (await logs.size(jobId)()) ?? 0
  return bytes
}
