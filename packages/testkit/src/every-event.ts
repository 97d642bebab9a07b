/**
 * Samples of every event in today's shapes, every optional part there in one of them. A new event does not compile until it has one.
 */
import type { EventOf, EventType, RunKind, Work } from '@borgledger/domain'
import { everyCallEvent } from './call-samples.js'
import {
  backupRequested,
  endingDecided,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  runEnded,
  runLockedOut,
  runPrepared,
  runSpawned,
} from './facts.js'
import { everyNotificationEvent } from './notification-samples.js'
import { everyRepositoryEvent } from './repository-samples.js'
import { evidence, evidenceOf, failedEvidence, runWork } from './run-samples.js'
import { archiveListed, archiveMade, preflight, workOf } from './samples.js'
import { everyScheduleEvent } from './schedule-samples.js'
import { everyScriptEvent } from './script-samples.js'
import { everyTokenEvent } from './token-samples.js'

const dueAt = '2026-11-03T02:00:00.000Z'
const wholeBackup: Work = {
  type: 'backup',
  spec: {
    sources: ['/home', '/etc'],
    excludes: ['*.tmp'],
    compression: 'auto,zstd,3',
    series: 'nightly',
    archiveName: '{series}-{time}',
    allowMissingSources: true,
    scripts: [{ id: 'stop-db', phase: 'pre', onFailure: 'skip', runOn: 'always' }],
    prune: { keep: { last: 1, hourly: 2, daily: 7, weekly: 4, monthly: 6, yearly: 1, within: '7d' } },
    compact: { threshold: 10 },
    options: { oneFileSystem: true, excludeCaches: true, excludeIfPresent: ['.nobackup'], uploadRateKiB: 100, checkpointIntervalS: 600 },
  },
}
const wholeProgress = {
  percent: 42.5,
  originalBytes: 1_000,
  compressedBytes: 600,
  deduplicatedBytes: 10,
  files: 3,
  path: 'home/anna/ä.txt',
  bytesPerSecond: 500,
  remainingMs: 1_200,
}
const kinds: ReadonlyArray<RunKind> = ['extract', 'check', 'compact', 'prune-plan', 'prune', 'delete', 'restore-check', 'script', 'package']
const warning = { code: 'files-changed', message: 'a file changed while we backed it up', count: 2 }

export const everyEvent: { readonly [T in EventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  JobRequested: [
    backupRequested('job_1', { work: wholeBackup, series: 'nightly', trigger: { kind: 'schedule', scheduleId: 'every-night', dueAt } }),
    jobRequested('restore', 'job_2', {
      work: {
        type: 'restore',
        spec: { archive: 'a', destination: { ssh: 'u@h', port: 22, path: '/x' }, paths: ['home'], stripComponents: 1 },
      },
      trigger: { kind: 'manual', scheduleId: 'every-night' },
    }),
    jobRequested('restore', 'job_3'),
    jobRequested('check', 'job_4', { work: { type: 'check', spec: { mode: 'full', verifyData: true, last: 3 } }, slot: 'scheduled-check' }),
    jobRequested('compact', 'job_5', { work: { type: 'compact', spec: { threshold: 10 } }, trigger: { kind: 'parent', jobId: 'job_1' } }),
    jobRequested('prune', 'job_6', { work: { type: 'prune', spec: { keep: { daily: 7 }, glob: 'home-*', dryRun: true } } }),
    jobRequested('prune', 'job_7', { work: { type: 'prune', spec: { keep: { last: 1 }, allArchives: true } } }),
    jobRequested('archive-delete', 'job_8'),
    jobRequested('restore-check', 'job_9', {
      work: { type: 'restore-check', spec: { archive: 'latest', mode: 'dry-run', paths: ['home'] } },
    }),
    jobRequested('package-install', 'job_10'),
    backupRequested('job_11', { work: { ...workOf('backup'), spec: { sources: ['/'], compact: true } } }),
  ],
  JobHeldBack: [
    { type: 'JobHeldBack', jobId: 'job_1', reason: 'limit-reached', jobs: [] },
    { type: 'JobHeldBack', jobId: 'job_1', reason: 'repository-busy', jobs: ['job_2', 'job_3'] },
  ],
  JobStarted: [jobStarted(), jobStarted('job_2', { claim: { key: 'f'.repeat(64), mode: 'shared' } }), jobStarted('job_3', { claim: null })],
  StepStarted: [{ type: 'StepStarted', jobId: 'job_1', step: 'create' }],
  StepFinished: [
    { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'success', error: null, warnings: [] },
    { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'warning', error: null, warnings: [] },
    { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'cancelled', error: null, warnings: [] },
    {
      type: 'StepFinished',
      jobId: 'job_1',
      step: 'create',
      outcome: 'failure',
      error: { code: 'no-space', message: 'full' },
      warnings: [],
    },
  ],
  RunPrepared: [
    runPrepared(),
    runPrepared('job_5', { work: runWork('script', { program: { argv: ['/bin/true'] }, env: { BORGLEDGER_HOOK_PHASE: 'pre' } }) }),
    runPrepared('job_1', { attempt: 2, preflight: preflight({ missingSources: ['/etc'] }) }),
    runPrepared('job_2', { work: runWork('extract', { destination: { ssh: 'u@h', port: 22, path: '/x' }, paths: ['home'] }) }),
    runPrepared('job_3', { work: runWork('check', { maxDurationMs: 1_000, last: 3 }) }),
    ...kinds.map((kind) => runPrepared('job_4', { work: runWork(kind) })),
  ],
  RunSpawned: [runSpawned()],
  ProgressRecorded: [
    { type: 'ProgressRecorded', jobId: 'job_1', runId: 'run_1', progress: { percent: null } },
    { type: 'ProgressRecorded', jobId: 'job_1', runId: 'run_1', progress: wholeProgress },
  ],
  SignalSent: [{ type: 'SignalSent', jobId: 'job_1', runId: 'run_1', rung: { rung: 1, signal: 'SIGINT', target: 'process' } }],
  RunEnded: [
    runEnded('job_1', { evidence: evidence({ borgId: 'b'.repeat(64), warnings: [warning] }) }),
    runEnded('job_1', { evidence: failedEvidence({ exit: null, missingSources: ['/etc'], borgVersion: null }), logBytes: null }),
    runEnded('job_1', {
      evidence: evidence({
        exit: { code: null, signal: 'SIGKILL' },
        archive: archiveMade({ id: null, at: null, files: null, originalBytes: null, compressedBytes: null, deduplicatedBytes: null }),
      }),
    }),
    runLockedOut(),
    ...kinds.map((kind) => runEnded('job_2', { evidence: evidenceOf(kind) })),
    runEnded('job_3', { evidence: evidenceOf('prune', { before: null, after: null, lock: { outcome: 'refused', holder: 'host-b' } }) }),
    runEnded('job_3', { evidence: evidenceOf('delete', { before: [archiveListed()], lock: { outcome: 'broken', holder: null } }) }),
    runEnded('job_3', { evidence: evidenceOf('restore-check', { mismatches: [{ path: 'home/a', what: 'size' }], unmatched: ['home/b'] }) }),
  ],
  CancelRequested: [{ type: 'CancelRequested', jobId: 'job_1', reason: '', force: true }],
  JobRecovered: [
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'ended', liveness: 'gone' }, decision: 'follow' },
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'none', liveness: 'alive' }, decision: 'stop' },
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'never', liveness: 'gone' }, decision: 'fail' },
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'none', liveness: 'unknown' }, decision: 'leave' },
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'never', liveness: 'gone' }, decision: 'resume' },
    { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'none', liveness: 'gone' }, decision: 'stale' },
  ],
  EndingDecided: [
    endingDecided('job_1', { warnings: [warning], archive: 'laptop-1', originalBytes: 1_000 }),
    endingDecided('job_2', { outcome: 'cancelled', error: { code: 'skipped-by-script', message: 'not mounted' }, effect: 'none' }),
  ],
  JobLookedAt: [{ type: 'JobLookedAt', jobId: 'job_1', traces: { report: 'none', liveness: 'gone' } }],
  RunStalled: [{ type: 'RunStalled', jobId: 'job_1', runId: 'run_1', since: '2026-11-03T02:13:00.000Z' }],
  RunResumed: [{ type: 'RunResumed', jobId: 'job_1', runId: 'run_1' }],
  JobCompleted: [
    jobCompleted('job_1', { outcome: 'warning', originalBytes: 1_000, archive: 'laptop-1', warnings: [warning], logBytes: 512 }),
    jobCompleted('job_2', { effect: null }),
  ],
  JobFailed: [
    jobFailed('job_1', { error: { code: 'passphrase-wrong', message: 'wrong', msgid: 'PassphraseWrong', exitCode: 52 } }),
    jobFailed('job_2', { error: { code: 'stale-pending', message: 'waited too long' }, effect: 'unknown' }),
  ],
  JobCancelled: [
    jobCancelled('job_1', { effect: 'partial', logBytes: 0 }),
    jobCancelled('job_2', { error: { code: 'skipped-by-script', message: 'not mounted' } }),
  ],
  LateReportObserved: [{ type: 'LateReportObserved', jobId: 'job_1', runId: 'run_1', report: 'ReportSignal 2' }],
  JobDetached: [{ type: 'JobDetached', jobId: 'job_1' }],
  JobEntryDeleted: [{ type: 'JobEntryDeleted', jobId: 'job_1' }],
  LogRemovalDecided: [{ type: 'LogRemovalDecided', jobId: 'job_1', reason: 'policy' }],
  LogRemoved: [{ type: 'LogRemoved', jobId: 'job_1', reason: 'entry-deleted' }],
  ...everyScheduleEvent,
  ...everyRepositoryEvent,
  ...everyCallEvent,
  ...everyNotificationEvent,
  ...everyScriptEvent,
  ...everyTokenEvent,
  SettingsChanged: [
    {
      type: 'SettingsChanged',
      changes: {
        maxConcurrentManualBackups: 0,
        maxConcurrentScheduledBackups: 3,
        maxConcurrentScheduledChecks: 5,
        staleCheckAfterMs: 600_000,
        logRetentionDays: 7,
        logSavePolicy: 'all',
        logMaxTotalBytes: 1_000,
        logCleanupOnStart: false,
        recovery: 'adopt',
        shutdown: 'detach',
        allowedDestinations: ['/srv'],
        allowedPackages: ['rclone'],
      },
    },
    { type: 'SettingsChanged', changes: { shutdown: 'interrupt' } },
  ],
  OwnerStarted: [{ type: 'OwnerStarted', host: 'host-a', software: '0.1.0', rules: 1 }],
  DispatchOpened: [{ type: 'DispatchOpened' }],
  DispatchClosed: [{ type: 'DispatchClosed', reason: 'shutdown' }],
  IdempotencyKeyUsed: [{ type: 'IdempotencyKeyUsed', keyHash: 'h', fingerprint: 'f', madeId: 'job_1' }],
}
