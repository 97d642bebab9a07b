/**
 * A run has ended: its step tries again, or the next step is due, or the job is over.
 */
import type { DomainEvent } from '../event.js'
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobEvent } from './events.js'
import { afterHook } from './flow/after-hook.js'
import { maintenanceAfter, skipped, startChild, whySkipped } from './flow/maintenance.js'
import { retryAfterMs } from './retry.js'
import type { RunEvidence } from './run/index.js'
import { goodSizesOf, newestGoodOf, seriesKey } from './series.js'
import type { JobState, RunState } from './state.js'
import { isBenign, judge, type StepEnding } from './verdict/index.js'

export const endRun = (
  command: JobCommandOf<'ReportRunEnded'>,
  job: JobState,
  run: RunState,
  state: LedgerState,
  at: string,
): ReadonlyArray<DomainEvent> => {
  const { jobId, runId, evidence, logBytes } = command
  const retry = retryAfterMs(job, evidence, at)
  const ended: JobEvent = { type: 'RunEnded', jobId, runId, evidence, retryAfterMs: retry, logBytes }
  const identified = identify(job, evidence.borgId, state)
  if (retry !== null) return [ended, ...identified]
  if (evidence.kind === 'script') return [ended, ...afterHook(job, run, evidence, logBytes)]
  const goodSizes = goodSizesOf(state.series.get(seriesKey(job.repositoryId, job.series)))
  const ending = judge(job, evidence, { goodSizes, newestGood: newestGoodOf(job.repositoryId, state.series) })
  return [ended, ...identified, ...afterStep(job, run, ending, { ...remainsOf(evidence), logBytes }, state)]
}

/** The next step is another run, or a job of its own; after the last the job is over. */
const afterStep = (
  job: JobState,
  run: RunState,
  ending: StepEnding,
  remains: Parameters<typeof endJob>[2],
  state: LedgerState,
): ReadonlyArray<JobEvent> => {
  const due = ending.tag === 'Completed' ? maintenanceAfter(job, job.done.length + 1) : []
  const why = due.length === 0 ? null : whySkipped(job, ending.warnings)
  const whole = why === null ? ending : { ...ending, warnings: [...ending.warnings, ...skipped(due, why)] }
  const finished = stepEnd(run, job.jobId, whole)
  const [next] = why === null ? due : []
  if (next !== undefined) return [finished, ...startChild(job, next, state)]
  if (whole.tag === 'GoOn') return [finished]
  return [finished, endJob(job, whole, remains)]
}

const stepEnd = ({ step }: RunState, jobId: string, ending: StepEnding): JobEvent => {
  const finished = { type: 'StepFinished', jobId, step, warnings: ending.warnings } as const
  switch (ending.tag) {
    case 'GoOn':
      return { ...finished, outcome: 'success', error: null }
    case 'Completed':
      return { ...finished, outcome: ending.warnings.every(isBenign) ? 'success' : 'warning', error: null }
    case 'Failed':
      return { ...finished, outcome: 'failure', error: ending.error }
    case 'Cancelled':
      return { ...finished, outcome: 'cancelled', error: null }
  }
}

/** The archive that was made, or that was checked. */
const remainsOf = (evidence: RunEvidence): { readonly archive: string | null; readonly originalBytes: number | null } => {
  switch (evidence.kind) {
    case 'create':
      return { archive: evidence.archive?.name ?? null, originalBytes: evidence.archive?.originalBytes ?? null }
    case 'restore-check':
      return { archive: evidence.archive, originalBytes: null }
    default:
      return { archive: null, originalBytes: null }
  }
}

/** A repository whose id could not be seen at its registration becomes known by the first run that reaches it. */
const identify = (job: JobState, borgId: string | null, state: LedgerState): ReadonlyArray<DomainEvent> => {
  const repository = job.repositoryId === null ? undefined : state.repositories.get(job.repositoryId)
  if (repository === undefined || borgId === null || repository.borgId === borgId) return []
  return [{ type: 'RepositoryIdentified', repositoryId: repository.repositoryId, borgId }]
}
