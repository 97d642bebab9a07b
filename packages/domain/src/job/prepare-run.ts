/**
 * Before a process is started: what was seen may speak against it; otherwise the intent is recorded first.
 */
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobError } from './error.js'
import type { JobEvent } from './events.js'
import { runWorkOf } from './flow/run-work.js'
import { stepDue } from './flow/steps.js'
import type { Preflight, RunWork } from './run/index.js'
import { heardKey, type JobState } from './state.js'

export const prepareRun = (command: JobCommandOf<'PrepareRun'>, job: JobState, state: LedgerState, at: string): ReadonlyArray<JobEvent> => {
  if (job.status !== 'running' || job.run !== null) return []
  if (job.heard.includes(heardKey(command.runId, 'ReportRunEnded'))) return []
  const [step, work] = [stepDue(job), runWorkOf(job, state, at)]
  if (step === null || work === null) return []
  const error = preflightError(command.preflight, work)
  if (error !== null) return [endJob(job, { tag: 'Failed', rule: 'preflight', error, warnings: [], effect: 'none' })]
  const { jobId, attempts } = job
  const { runId, preflight } = command
  const prepared: JobEvent = { type: 'RunPrepared', jobId, runId, step, attempt: attempts + 1, work, preflight }
  return attempts === 0 ? [{ type: 'StepStarted', jobId, step }, prepared] : [prepared]
}

/** Nothing of it speaks against a script, which needs neither the repository nor its secret. */
const preflightError = (preflight: Preflight, work: RunWork): JobError | null => {
  if (work.kind === 'script') return null
  const { executableProblem, passphraseProblem, destinationProblem, missingSources } = preflight
  if (executableProblem !== null) return { code: 'borg-failed', message: executableProblem }
  if (passphraseProblem !== null) return { code: 'passphrase-missing', message: passphraseProblem }
  if (destinationProblem !== null) return { code: 'destination-refused', message: destinationProblem }
  if (missingSources.length > 0 && !(work.kind === 'create' && work.spec.allowMissingSources === true)) {
    return { code: 'source-missing', message: `not there: ${missingSources.join(', ')}` }
  }
  return null
}
