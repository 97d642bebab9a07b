/**
 * Events with defaults, to set a scene with: an owner that dispatches, a registered repository, what happens to a job.
 */
import type { DomainEvent, EventOf, EventType, JobType } from '@borgledger/domain'
import { evidence, failedEvidence, runWork } from './run-samples.js'
import { preflight, processIdentity, workOf } from './samples.js'

type Over<T extends EventType> = Partial<Omit<EventOf<T>, 'type' | 'jobId' | 'repositoryId'>>

/** An owner that has done its cleanup: jobs may start. */
export const ownerReady = (host = 'host-a'): ReadonlyArray<DomainEvent> => [
  { type: 'OwnerStarted', host, software: '0.1.0', rules: 1 },
  { type: 'DispatchOpened' },
]

/** At `/backups/<id>`; its borg id is not known yet. */
export const repositoryRegistered = (
  repositoryId = 'laptop',
  over: Over<'RepositoryRegistered'> = {},
): EventOf<'RepositoryRegistered'> => ({
  type: 'RepositoryRegistered',
  repositoryId,
  name: repositoryId,
  access: { location: `/backups/${repositoryId}`, passphrase: null, executable: null },
  remote: false,
  borgId: null,
  created: false,
  ...over,
})

/** These may be installed; when none are named, the one of the samples. */
export const packagesAllowed = (...allowedPackages: ReadonlyArray<string>): EventOf<'SettingsChanged'> => ({
  type: 'SettingsChanged',
  changes: { allowedPackages: allowedPackages.length === 0 ? [workOf('package-install').spec.package] : allowedPackages },
})

/** A backup of `/home` to `laptop`, asked for by hand. */
export const backupRequested = (
  jobId = 'job_1',
  over: Over<'JobRequested'> & { readonly repositoryId?: string } = {},
): EventOf<'JobRequested'> => ({
  type: 'JobRequested',
  jobId,
  work: workOf('backup'),
  repositoryId: 'laptop',
  series: over.repositoryId ?? 'laptop',
  slot: 'manual-backup',
  trigger: { kind: 'manual' },
  ...over,
})

/** A job of any type, asked for by hand; of the eight only a backup has a slot then. */
export const jobRequested = (
  type: JobType,
  jobId = 'job_1',
  over: Over<'JobRequested'> & { readonly repositoryId?: string | null } = {},
): EventOf<'JobRequested'> => ({
  type: 'JobRequested',
  jobId,
  work: workOf(type),
  repositoryId: type === 'package-install' ? null : 'laptop',
  series: type === 'backup' ? 'laptop' : null,
  slot: type === 'backup' ? 'manual-backup' : null,
  trigger: { kind: 'manual' },
  ...over,
})

export const jobStarted = (jobId = 'job_1', over: Over<'JobStarted'> = {}): EventOf<'JobStarted'> => ({
  type: 'JobStarted',
  jobId,
  host: 'host-a',
  claim: { key: 'location:/backups/laptop', mode: 'exclusive' },
  ...over,
})

/** Run `run_1` of step `create`, for the archive that `archiveMade` names. */
export const runPrepared = (jobId = 'job_1', over: Over<'RunPrepared'> = {}): EventOf<'RunPrepared'> => ({
  type: 'RunPrepared',
  jobId,
  runId: 'run_1',
  step: 'create',
  attempt: 1,
  work: runWork('create'),
  preflight: preflight(),
  ...over,
})

export const runSpawned = (jobId = 'job_1', over: Over<'RunSpawned'> = {}): EventOf<'RunSpawned'> => ({
  type: 'RunSpawned',
  jobId,
  runId: 'run_1',
  process: processIdentity(),
  ...over,
})

export const runEnded = (jobId = 'job_1', over: Over<'RunEnded'> = {}): EventOf<'RunEnded'> => ({
  type: 'RunEnded',
  jobId,
  runId: 'run_1',
  evidence: evidence(),
  retryAfterMs: null,
  logBytes: 512,
  ...over,
})

const end = { warnings: [], archive: null, logBytes: null } as const

/** The ending of a backup that went well, as its post-scripts are told of it. */
export const endingDecided = (jobId = 'job_1', over: Over<'EndingDecided'> = {}): EventOf<'EndingDecided'> => ({
  type: 'EndingDecided',
  jobId,
  outcome: 'success',
  error: null,
  originalBytes: null,
  verdict: { rule: 'archive-made', version: 1 },
  warnings: [],
  effect: 'complete',
  archive: null,
  ...over,
})

export const jobCompleted = (jobId = 'job_1', over: Over<'JobCompleted'> = {}): EventOf<'JobCompleted'> => ({
  type: 'JobCompleted',
  jobId,
  outcome: 'success',
  originalBytes: null,
  effect: 'complete',
  verdict: { rule: 'archive-made', version: 1 },
  ...end,
  ...over,
})

export const jobFailed = (jobId = 'job_1', over: Over<'JobFailed'> = {}): EventOf<'JobFailed'> => ({
  type: 'JobFailed',
  jobId,
  error: { code: 'borg-failed', message: 'borg ended with exit code 2 and made no archive', exitCode: 2 },
  effect: 'none',
  verdict: { rule: 'no-archive', version: 1 },
  ...end,
  ...over,
})

export const jobCancelled = (jobId = 'job_1', over: Over<'JobCancelled'> = {}): EventOf<'JobCancelled'> => ({
  type: 'JobCancelled',
  jobId,
  effect: 'none',
  verdict: { rule: 'cancelled-before-start', version: 1 },
  error: null,
  ...end,
  ...over,
})

/** A run that failed with somebody else's lock, and tries again. */
export const runLockedOut = (jobId = 'job_1', retryAfterMs: number | null = 10_000): EventOf<'RunEnded'> =>
  runEnded(jobId, {
    evidence: failedEvidence({ lastError: { msgid: 'LockTimeout', message: 'Failed to create/acquire the lock' } }),
    retryAfterMs,
  })
