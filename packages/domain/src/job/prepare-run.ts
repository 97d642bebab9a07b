/**
 * Before a process is started: what was seen may speak against it; otherwise the intent is recorded first.
 */
import { archiveNameOf } from './archive-name.js'
import type { JobCommandOf } from './commands.js'
import { endJob } from './end-job.js'
import type { JobError } from './error.js'
import type { JobEvent } from './events.js'
import type { Preflight } from './evidence.js'
import type { BackupSpec } from './spec.js'
import { heardKey, type JobState } from './state.js'

/** The one step of a backup that is a process of borg. */
export const createStep = 'create'

export const prepareRun = (command: JobCommandOf<'PrepareRun'>, job: JobState, at: string): ReadonlyArray<JobEvent> => {
  if (job.status !== 'running' || job.run !== null || job.work.type !== 'backup') return []
  if (job.heard.includes(heardKey(command.runId, 'ReportRunEnded'))) return []
  const noEffect = { warnings: [], effect: 'none' } as const
  const error = preflightError(command.preflight, job.work.spec)
  if (error !== null) return [endJob(job, { tag: 'Failed', rule: 'preflight', error, ...noEffect }, null)]
  return begin(command, job, job.work.spec, at)
}

const begin = (command: JobCommandOf<'PrepareRun'>, job: JobState, spec: BackupSpec, at: string): ReadonlyArray<JobEvent> => {
  const { jobId } = job
  const attempt = job.attempts + 1
  const archive = archiveNameOf(spec.archiveName, { series: job.series ?? jobId, jobId, at, attempt })
  const prepared: JobEvent = {
    type: 'RunPrepared',
    jobId,
    runId: command.runId,
    step: createStep,
    attempt,
    archive,
    preflight: command.preflight,
  }
  return attempt === 1 ? [{ type: 'StepStarted', jobId, step: createStep }, prepared] : [prepared]
}

const preflightError = (preflight: Preflight, spec: BackupSpec): JobError | null => {
  if (preflight.executableProblem !== null) return { code: 'borg-failed', message: preflight.executableProblem }
  if (preflight.passphraseProblem !== null) return { code: 'passphrase-missing', message: preflight.passphraseProblem }
  if (preflight.missingSources.length > 0 && spec.allowMissingSources !== true) {
    return { code: 'source-missing', message: `not there: ${preflight.missingSources.join(', ')}` }
  }
  return null
}
