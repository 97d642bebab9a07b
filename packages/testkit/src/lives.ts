/** Jobs of every type as far as they have come: requested, started, through their steps, to the process of one of them or to a good end. */
import type { ArchiveMade, DomainEvent, JobType, RunKind } from '@borgledger/domain'
import { backupRequested, jobCompleted, jobRequested, jobStarted, runEnded, runPrepared, runSpawned } from './facts.js'
import { evidence, evidenceOf, runWork } from './run-samples.js'
import { archiveMade } from './samples.js'

/** A backup up to the moment at which its process runs: requested, started, prepared, spawned. */
export const backupRunning = (jobId = 'job_1'): ReadonlyArray<DomainEvent> => [
  backupRequested(jobId),
  jobStarted(jobId),
  { type: 'StepStarted', jobId, step: 'create' },
  runPrepared(jobId),
  runSpawned(jobId),
]

/** A backup from its request to a good end, with this archive. `outcome`: of its one step, and so of the job. */
export const backupDone = (
  jobId: string,
  archive: Partial<ArchiveMade> = {},
  over: { readonly series?: string; readonly repositoryId?: string; readonly outcome?: 'success' | 'warning' } = {},
): ReadonlyArray<DomainEvent> => {
  const { outcome = 'success', ...asked } = over
  const made = archiveMade(archive)
  return [
    backupRequested(jobId, asked),
    jobStarted(jobId),
    { type: 'StepStarted', jobId, step: 'create' },
    runPrepared(jobId, { work: runWork('create', { archive: made.name }) }),
    runSpawned(jobId),
    runEnded(jobId, { evidence: evidence({ archive: made }) }),
    { type: 'StepFinished', jobId, step: 'create', outcome, error: null, warnings: [] },
    jobCompleted(jobId, { outcome, archive: made.name, originalBytes: made.originalBytes, logBytes: 512 }),
  ]
}

/** The steps of each type with the kinds of their runs, in order. */
const stepsOfType: { readonly [T in JobType]: ReadonlyArray<readonly [step: string, kind: RunKind]> } = {
  backup: [['create', 'create']],
  restore: [['extract', 'extract']],
  check: [['check', 'check']],
  compact: [['compact', 'compact']],
  prune: [
    ['plan', 'prune-plan'],
    ['prune', 'prune'],
  ],
  'archive-delete': [['delete', 'delete']],
  'restore-check': [['restore-check', 'restore-check']],
  'package-install': [['install', 'package']],
}

/** A job of any type up to the moment at which the process of its nth step (1 when not given) runs; the steps before went well. */
export const jobRunning = (
  type: JobType,
  jobId = 'job_1',
  nth = 1,
  over: Parameters<typeof jobRequested>[2] = {},
): ReadonlyArray<DomainEvent> => [
  jobRequested(type, jobId, over),
  jobStarted(jobId, type === 'package-install' ? { claim: null } : {}),
  ...stepsOfType[type].slice(0, nth).flatMap(([step, kind], index): ReadonlyArray<DomainEvent> => {
    const runId = `run_${index + 1}`
    const begun = [
      { type: 'StepStarted', jobId, step } as const,
      runPrepared(jobId, { runId, step, work: runWork(kind) }),
      runSpawned(jobId, { runId }),
    ]
    if (index + 1 === nth) return begun
    const finished = { type: 'StepFinished', jobId, step, outcome: 'success', error: null, warnings: [] } as const
    return [...begun, runEnded(jobId, { runId, evidence: evidenceOf(kind) }), finished]
  }),
]
