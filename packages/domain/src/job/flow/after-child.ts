/**
 * What the end of a prune or a compact makes of the backup that waits for it. Decided with the end itself, in one commit.
 */
import type { LedgerState } from '../../state.js'
import { endJob } from '../end-job.js'
import type { JobEvent, JobEventOf } from '../events.js'
import type { Warning } from '../run/index.js'
import type { JobState } from '../state.js'
import { childIdOf, childStepOf, type MaintenanceStep, maintenanceAfter, skipped, startChild } from './maintenance.js'

type End = JobEventOf<'JobCompleted' | 'JobFailed' | 'JobCancelled'>

/** What parents make of these events of their children. `state`: the one on which they were decided. */
export const afterChildren = (events: ReadonlyArray<{ readonly type: string }>, state: LedgerState): ReadonlyArray<JobEvent> =>
  events.filter(isOfChildren).flatMap((event) => {
    const trigger = state.jobs.get(event.jobId)?.trigger
    const parent = trigger?.kind === 'parent' ? state.jobs.get(trigger.jobId) : undefined
    const step = parent === undefined ? null : childStepOf(parent)
    if (parent === undefined || step === null || childIdOf(parent.jobId, step) !== event.jobId) return []
    return event.type === 'JobRecovered' ? seenWith(parent, event) : goOn(parent, step, event, state)
  })

const isOfChildren = (event: { readonly type: string }): event is End | JobEventOf<'JobRecovered'> =>
  ['JobCompleted', 'JobFailed', 'JobCancelled', 'JobRecovered'].includes(event.type)

/** A parent has no process of its own: it is unattended as long as its child is. */
const seenWith = (parent: JobState, { decision, traces }: JobEventOf<'JobRecovered'>): ReadonlyArray<JobEvent> => {
  const seen = decision === 'leave' ? 'leave' : 'follow'
  if (seen === 'follow' && parent.recovery !== 'leave') return []
  return [{ type: 'JobRecovered', jobId: parent.jobId, traces, decision: seen }]
}

const goOn = (parent: JobState, step: MaintenanceStep, end: End, state: LedgerState): ReadonlyArray<JobEvent> => {
  const { jobId, made } = parent
  const warnings = troubleWith(step, end)
  const remains = { archive: made?.archive ?? null, originalBytes: made?.originalBytes ?? null, logBytes: null }
  if (end.type === 'JobFailed' && end.error.code === 'interrupted-by-restart') {
    const error = { code: end.error.code, message: `the host restarted during the ${step}; the archive was made` } as const
    const lost = { tag: 'Failed', rule: 'interrupted', error, warnings: [], effect: 'complete' } as const
    return [finished(jobId, step, end, []), endJob(parent, lost, remains)]
  }
  const [next, ...others] = maintenanceAfter(parent, parent.done.length + 1)
  const why = whyNoMore(parent, step, end)
  if (next !== undefined && why === null) return [finished(jobId, step, end, warnings), ...startChild(parent, next, state)]
  const rest = next === undefined ? [] : [next, ...others]
  const told = [...warnings, ...skipped(rest, why ?? '')]
  const whole = { tag: 'Completed', rule: 'archive-made', warnings: told, effect: 'complete' } as const
  return [finished(jobId, step, end, told), endJob(parent, whole, remains)]
}

const whyNoMore = (parent: JobState, step: MaintenanceStep, end: End): string | null => {
  if (parent.cancelRequested) return 'the backup was asked to stop'
  return end.type === 'JobCompleted' ? null : `the ${step} was not done`
}

/** A child that did not do its work leaves the archive as good as it is: its backup has a warning that names it. */
const troubleWith = (step: MaintenanceStep, end: End): ReadonlyArray<Warning> => {
  if (end.type === 'JobCompleted') return []
  const how = end.type === 'JobFailed' ? `failed: ${end.error.message}` : 'was cancelled'
  return [{ code: 'step-failed', message: `${step} (job ${end.jobId}) ${how}`, count: 1 }]
}

const finished = (jobId: string, step: MaintenanceStep, end: End, warnings: ReadonlyArray<Warning>): JobEvent => {
  const ended = { type: 'StepFinished', jobId, step, warnings } as const
  switch (end.type) {
    case 'JobCompleted':
      return { ...ended, outcome: end.outcome, error: null }
    case 'JobFailed':
      return { ...ended, outcome: 'failure', error: end.error }
    case 'JobCancelled':
      return { ...ended, outcome: 'cancelled', error: null }
  }
}
