/**
 * The run of a script has ended. A pre-script decides whether the work goes on; a post-script comes after the ending is decided, and changes
 * nothing of it but that its failure is told.
 */
import { endAsDecided, endJob } from '../end-job.js'
import type { JobError } from '../error.js'
import type { JobEvent, JobEventOf } from '../events.js'
import type { EvidenceOf, Warning } from '../run/index.js'
import type { JobState, RunState } from '../state.js'
import { isBenign, judgePreScript, scriptFault } from '../verdict/index.js'
import { hookAt } from './hooks.js'
import { stepDue } from './steps.js'

/** `logBytes`: as the run left the job log. */
export const afterHook = (
  job: JobState,
  run: RunState,
  evidence: EvidenceOf<'script'>,
  logBytes: number | null,
): ReadonlyArray<JobEvent> => {
  const fault = scriptFault(run.work, evidence)
  return job.ending === null
    ? afterPreScript(job, run, evidence, fault, logBytes)
    : afterPostScript(job, run, evidence.warnings, fault, logBytes)
}

const afterPreScript = (
  job: JobState,
  { step }: RunState,
  { warnings }: EvidenceOf<'script'>,
  fault: JobError | null,
  logBytes: number | null,
): ReadonlyArray<JobEvent> => {
  const onFailure = hookAt(job.work, step)?.onFailure ?? 'fail'
  const ending = judgePreScript(job, { step, onFailure, fault, warnings })
  const isStopped = fault !== null && job.cancelRequested
  const finished: JobEvent = {
    ...{ type: 'StepFinished', jobId: job.jobId, step, warnings: ending.warnings },
    ...(isStopped ? { outcome: 'cancelled', error: null } : outcomeOf(fault, warnings)),
  }
  if (ending.tag === 'GoOn') return [finished]
  return [finished, endJob(job, ending, { archive: null, originalBytes: null, logBytes })]
}

/** Also of one that nobody could see: then `fault` says so. */
export const afterPostScript = (
  job: JobState,
  { step }: RunState,
  warnings: ReadonlyArray<Warning>,
  fault: JobError | null,
  logBytes: number | null,
): ReadonlyArray<JobEvent> => {
  const failed = fault === null ? [] : [{ code: 'step-failed', message: `${step} failed: ${fault.message}`, count: 1 }]
  const told = [...warnings, ...failed]
  const finished: JobEvent = { type: 'StepFinished', jobId: job.jobId, step, warnings: told, ...outcomeOf(fault, warnings) }
  const isLast = stepDue({ ...job, done: [...job.done, step] }) === null
  return isLast ? [finished, endAsDecided(job, told, logBytes)] : [finished]
}

const outcomeOf = (fault: JobError | null, warnings: ReadonlyArray<Warning>): Pick<JobEventOf<'StepFinished'>, 'outcome' | 'error'> => {
  if (fault !== null) return { outcome: 'failure', error: fault }
  return { outcome: warnings.every(isBenign) ? 'success' : 'warning', error: null }
}
