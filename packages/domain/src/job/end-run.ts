/**
 * A run has ended: either its step tries again, or the step and with it the job is over.
 */
import type { DomainEvent } from '../event.js'
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobEvent } from './events.js'
import { retryAfterMs } from './retry.js'
import { seriesKey } from './series.js'
import type { JobState, RunState } from './state.js'
import { type Ending, isBenign, judgeBackup } from './verdict.js'

export const endRun = (
  command: JobCommandOf<'ReportRunEnded'>,
  job: JobState,
  run: RunState,
  state: LedgerState,
  at: string,
): ReadonlyArray<DomainEvent> => {
  const { jobId, runId, evidence, logBytes } = command
  const retry = retryAfterMs(job, evidence, at)
  const ended: JobEvent = { type: 'RunEnded', jobId, runId, evidence, retryAfterMs: retry }
  const identified = identify(job, evidence.borgId, state)
  if (retry !== null) return [ended, ...identified]
  const ending = judgeBackup(job, evidence, state.goodSizes.get(seriesKey(job.repositoryId, job.series)) ?? [])
  const remains = { archive: evidence.archive?.name ?? null, originalBytes: evidence.archive?.originalBytes ?? null, logBytes }
  return [ended, ...identified, stepEnd(run, jobId, ending), endJob(job, ending, remains)]
}

const stepEnd = ({ step }: RunState, jobId: string, ending: Ending): JobEvent => {
  const finished = { type: 'StepFinished', jobId, step } as const
  switch (ending.tag) {
    case 'Completed':
      return { ...finished, outcome: ending.warnings.every(isBenign) ? 'success' : 'warning', error: null }
    case 'Failed':
      return { ...finished, outcome: 'failure', error: ending.error }
    case 'Cancelled':
      return { ...finished, outcome: 'cancelled', error: null }
  }
}

/** A repository whose id could not be seen at its registration becomes known by the first run that reaches it. */
const identify = (job: JobState, borgId: string | null, state: LedgerState): ReadonlyArray<DomainEvent> => {
  const repository = job.repositoryId === null ? undefined : state.repositories.get(job.repositoryId)
  if (repository === undefined || borgId === null || repository.borgId === borgId) return []
  return [{ type: 'RepositoryIdentified', repositoryId: repository.repositoryId, borgId }]
}
