import {
  afterFirst,
  archiveMade,
  atFirst,
  backupRequested,
  backupRunning,
  everyEvent,
  evidence,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  runEnded,
  runLockedOut,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import type { JobEvent } from '../job/index.js'
import { foldJob, jobsShowing } from './fold-job.js'
import type { Job } from './job.js'

/** The record of `job_1` after these, the nth recorded n seconds after the first instant, at position n + 1. */
const recordOf = (...events: ReadonlyArray<DomainEvent>): Job => {
  let job: Job | undefined
  for (const [index, event] of events.entries()) {
    const recorded = { event: event as JobEvent, position: index + 1, at: afterFirst(index * 1_000), actor: 'user:anna' }
    job = foldJob('job_1', job, recorded)
  }
  assert.ok(job)
  return job
}
const stepEnd = (outcome: 'success' | 'warning' | 'failure' | 'cancelled'): DomainEvent => ({
  type: 'StepFinished',
  jobId: 'job_1',
  step: 'create',
  outcome,
  error: outcome === 'failure' ? { code: 'no-space', message: 'full' } : null,
  warnings: [],
})

test('a requested job is pending, and everything that is not known is null', () => {
  assert.equal(recordOf(backupRequested()), {
    id: 'job_1',
    type: 'backup',
    state: 'pending',
    outcome: null,
    trigger: { kind: 'manual' },
    repositoryId: 'laptop',
    series: 'laptop',
    requestedBy: 'user:anna',
    spec: { sources: ['/home'] },
    createdAt: atFirst,
    startedAt: null,
    finishedAt: null,
    progress: null,
    warnings: [],
    error: null,
    effect: null,
    archive: null,
    steps: [],
    maintenance: null,
    waitingFor: null,
    cancel: null,
    unattended: false,
    stalledSince: null,
    log: { state: 'none', bytes: 0 },
    host: null,
    parentJobId: null,
    childJobIds: [],
    position: 1,
  })
})

test('a job is nothing before it was requested', () => {
  assert.is(foldJob('job_1', undefined, { event: jobStarted(), position: 1, at: atFirst, actor: 'a' }), undefined)
})

test('a waiting job says for whom, and since when it waits for that reason', () => {
  const heldBack = (reason: 'limit-reached' | 'repository-busy', jobId: string): DomainEvent => ({
    type: 'JobHeldBack',
    jobId: 'job_1',
    reason,
    jobs: [jobId],
  })
  const first = recordOf(backupRequested(), heldBack('limit-reached', 'a'), heldBack('limit-reached', 'b'))
  assert.equal(first.waitingFor, { reason: 'limit-reached', jobs: ['b'], since: afterFirst(1_000) })
  const other = recordOf(backupRequested(), heldBack('limit-reached', 'a'), heldBack('repository-busy', 'b'))
  assert.equal(other.waitingFor, { reason: 'repository-busy', jobs: ['b'], since: afterFirst(2_000) })
  assert.is(recordOf(backupRequested(), heldBack('limit-reached', 'a'), jobStarted()).waitingFor, null)
  assert.is(recordOf(backupRequested(), heldBack('limit-reached', 'a'), jobCancelled()).waitingFor, null)
})

test('a running job names its host, its log and the step under way', () => {
  const job = recordOf(...backupRunning())
  assert.equal([job.state, job.host, job.startedAt, job.log], ['running', 'host-a', afterFirst(1_000), { state: 'open', bytes: 0 }])
  assert.equal(job.steps, [
    { name: 'create', state: 'running', startedAt: afterFirst(2_000), finishedAt: null, outcome: null, error: null },
  ])
})

test('progress is the last that was recorded, and the whole of it once the archive is made', () => {
  const halfway: DomainEvent = { type: 'ProgressRecorded', jobId: 'job_1', runId: 'run_1', progress: { percent: 50 } }
  assert.equal(recordOf(...backupRunning(), halfway).progress, { percent: 50 })
  assert.equal(recordOf(...backupRunning(), halfway, runLockedOut()).progress, { percent: 50 })
  const made = runEnded('job_1', { evidence: evidence({ archive: archiveMade({ files: null }) }) })
  assert.equal(recordOf(...backupRunning(), halfway, made).progress, {
    percent: 100,
    originalBytes: 1_000_000,
    compressedBytes: 600_000,
    deduplicatedBytes: 10_000,
  })
})

test('the log of a running job is as long as its last run left it', () => {
  assert.equal(recordOf(...backupRunning(), runLockedOut()).log, { state: 'open', bytes: 512 })
  assert.equal(recordOf(...backupRunning(), runLockedOut(), runEnded('job_1', { logBytes: null })).log, { state: 'open', bytes: 512 })
})

test('a completed job shows its outcome, archive, effect and log', () => {
  const warnings = [{ code: 'borg-warning', message: 'x', count: 1 }]
  const end = jobCompleted('job_1', { outcome: 'warning', warnings, archive: 'laptop-1', logBytes: 512 })
  const job = recordOf(...backupRunning(), stepEnd('warning'), end)
  assert.equal([job.state, job.outcome, job.error, job.archive, job.effect], ['completed', 'warning', null, 'laptop-1', 'complete'])
  assert.equal([job.warnings, job.log, job.finishedAt], [warnings, { state: 'kept', bytes: 512 }, afterFirst(6_000)])
  assert.equal([job.steps[0]?.state, job.steps[0]?.outcome, job.steps[0]?.finishedAt], ['completed', 'warning', afterFirst(5_000)])
})

test('a failed job shows its error, and its step too', () => {
  const job = recordOf(...backupRunning(), stepEnd('failure'), jobFailed())
  assert.equal([job.state, job.outcome, job.error?.code, job.effect], ['failed', null, 'borg-failed', 'none'])
  assert.equal([job.steps[0]?.state, job.steps[0]?.outcome, job.steps[0]?.error?.code], ['failed', null, 'no-space'])
})

test('a cancelled job says who asked and why, and its step was cancelled', () => {
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
  const job = recordOf(...backupRunning(), asked, stepEnd('cancelled'), jobCancelled())
  assert.is(job.state, 'cancelled')
  assert.equal(job.cancel, { requestedBy: 'user:anna', reason: 'wrong disk', at: afterFirst(5_000) })
  assert.equal([job.steps[0]?.state, job.steps[0]?.outcome, job.steps[0]?.error], ['cancelled', null, null])
})

test('asked is not cancelled', () => {
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
  assert.is(recordOf(...backupRunning(), asked).state, 'running')
})

test('a step whose end was not recorded ends with its job', () => {
  for (const [end, state] of [
    [jobFailed(), 'failed'],
    [jobCancelled(), 'cancelled'],
  ] as const) {
    const [step] = recordOf(...backupRunning(), end).steps
    assert.equal([step?.state, step?.finishedAt], [state, afterFirst(5_000)])
  }
})

test('a job that nobody can see is unattended, until it is decided otherwise or over', () => {
  const recovered = (decision: 'leave' | 'follow'): DomainEvent => ({
    type: 'JobRecovered',
    jobId: 'job_1',
    traces: { report: 'none', liveness: 'unknown' },
    decision,
  })
  assert.ok(recordOf(...backupRunning(), recovered('leave')).unattended)
  assert.not(recordOf(...backupRunning(), recovered('leave'), recovered('follow')).unattended)
  assert.not(recordOf(...backupRunning(), recovered('leave'), jobFailed()).unattended)
})

test('a child shows in the record of its parent, and names it', () => {
  const child = jobRequested('prune', 'job_2', { trigger: { kind: 'parent', jobId: 'job_1' } })
  assert.equal(jobsShowing(child), ['job_2', 'job_1'])
  assert.equal(jobsShowing(jobStarted('job_2')), ['job_2'])
  const parent = recordOf(...backupRunning(), child)
  assert.equal([parent.childJobIds, parent.position, parent.state], [['job_2'], 6, 'running'])
  const recorded = { event: child, position: 1, at: atFirst, actor: 'system:backup' }
  assert.is(foldJob('job_2', undefined, recorded)?.parentJobId, 'job_1')
})

test('the position is that of the last event of the job, whatever it was; a late report changes nothing else', () => {
  const before = recordOf(...backupRunning(), jobCompleted())
  const after = recordOf(...backupRunning(), jobCompleted(), everyEvent.LateReportObserved[0])
  assert.equal(after, { ...before, position: before.position + 1 })
})

test('a job that a schedule made was asked for by the schedule, whoever freed its place', () => {
  const trigger = { kind: 'schedule', scheduleId: 'nightly', dueAt: '2026-11-03T02:00:00.000Z' } as const
  const event = backupRequested('job_1', { trigger })
  const job = foldJob('job_1', undefined, { event, position: 1, at: '2026-11-03T02:00:01.000Z', actor: 'system:runner' })
  assert.is(job?.requestedBy, 'schedule:nightly')
})

test.run()
