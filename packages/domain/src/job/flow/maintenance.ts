/**
 * The maintenance of a backup: its prune, then its compact. Jobs of their own, so that they stand in history, under the claim of the backup,
 * which waits for them: each starts in the commit that ends the step before it, so that neither ever queues.
 */
import type { LedgerState } from '../../state.js'
import { seriesTemplate } from '../archive-name.js'
import type { JobEvent } from '../events.js'
import type { Warning } from '../run/index.js'
import type { Work } from '../spec.js'
import type { JobState } from '../state.js'
import { wasCutShort } from '../verdict/index.js'
import { stepDue, stepsOf } from './steps.js'

export type MaintenanceStep = 'prune' | 'compact'
const isMaintenance = (step: string | null): step is MaintenanceStep => step === 'prune' || step === 'compact'

/** What a running backup waits for; null when it is at its own work. */
export const childStepOf = (job: JobState): MaintenanceStep | null => {
  const step = job.work.type === 'backup' && job.status === 'running' ? stepDue(job) : null
  return isMaintenance(step) ? step : null
}

export const childIdOf = (parentId: string, step: MaintenanceStep): string => `${parentId}-${step}`

/** The maintenance that is still to come after the first `done` steps. */
export const maintenanceAfter = (job: JobState, done: number): ReadonlyArray<MaintenanceStep> =>
  job.work.type === 'backup' ? stepsOf(job.work).slice(done).filter(isMaintenance) : []

/** Why the maintenance of a backup whose archive was made with these warnings is skipped; null when it is done. */
export const whySkipped = (job: JobState, warnings: ReadonlyArray<Warning>): string | null => {
  if (job.cancelRequested) return 'the backup was asked to stop'
  if (wasCutShort(job)) return 'the host restarted'
  if (warnings.some(({ code }) => code === 'source-missing')) return 'sources were missing'
  if (warnings.some(({ code }) => code === 'suspiciously-small')) return 'the archive is suspiciously small'
  const { spec } = job.work as Extract<Work, { readonly type: 'backup' }>
  const isNamedOtherwise = spec.archiveName !== undefined && spec.archiveName !== seriesTemplate
  return spec.prune !== undefined && isNamedOtherwise ? `a prune finds the archives of a series by names such as ${seriesTemplate}` : null
}

export const skipped = (steps: ReadonlyArray<MaintenanceStep>, why: string): ReadonlyArray<Warning> =>
  steps.length === 0 ? [] : [{ code: 'step-skipped', message: `${steps.join(' and ')} skipped: ${why}`, count: steps.length }]

/** The step of the parent, and the job that does it. `owner`: who runs it. */
export const startChild = (parent: JobState, step: MaintenanceStep, { owner }: Pick<LedgerState, 'owner'>): ReadonlyArray<JobEvent> => {
  const { jobId, repositoryId } = parent
  const childId = childIdOf(jobId, step)
  const trigger = { kind: 'parent', jobId } as const
  return [
    { type: 'StepStarted', jobId, step },
    { type: 'JobRequested', jobId: childId, work: workOf(parent, step), repositoryId, series: null, slot: null, trigger },
    { type: 'JobStarted', jobId: childId, host: owner.host ?? parent.host ?? 'unknown', claim: null },
  ]
}

const workOf = ({ work, series, jobId }: JobState, step: MaintenanceStep): Work => {
  const { prune, compact } = work.spec as Extract<Work, { readonly type: 'backup' }>['spec']
  if (step === 'prune' && prune !== undefined) return { type: 'prune', spec: { keep: prune.keep, series: series ?? jobId } }
  return { type: 'compact', spec: typeof compact === 'object' ? { threshold: compact.threshold } : {} }
}
