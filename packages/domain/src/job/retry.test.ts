import {
  afterFirst,
  backupRunning,
  cancelJob,
  evidence,
  failedEvidence,
  failedEvidenceOf,
  given,
  jobRunning,
  reportRunEnded,
  repositoryRegistered,
  runEnded,
  runLockedOut,
  runPrepared,
  runSpawned,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import { lockWaitMsMax } from './retry.js'
import type { RunEvidence } from './run/index.js'

const locked = failedEvidence({ lastError: { msgid: 'LockTimeout', message: 'Failed to create/acquire the lock' } })
const clash = failedEvidence({ lastError: { msgid: 'Archive.AlreadyExists', message: 'Archive laptop-1 already exists' } })

/** The pause after attempt `attempt`, whose end was reported `atMs` after the first attempt began. */
const pauseAfter = (attempt: number, atMs: number, seen: RunEvidence = locked, ...more: ReadonlyArray<DomainEvent>): number | null => {
  const runId = `run_${attempt}`
  const attempts = attempt === 1 ? [] : [runLockedOut(), runPrepared('job_1', { runId, attempt }), runSpawned('job_1', { runId })]
  const { decision } = given(repositoryRegistered(), backupRunning(), ...attempts, ...more).when(
    reportRunEnded('job_1', { runId, evidence: seen }),
    { at: afterFirst(atMs) },
  )
  assert.ok(E.isRight(decision))
  const [ended] = decision.right
  assert.is(ended?.type, 'RunEnded')
  const pause = ended?.type === 'RunEnded' ? ended.retryAfterMs : null
  assert.is(
    decision.right.some(({ type }) => type === 'JobFailed' || type === 'JobCompleted' || type === 'JobCancelled'),
    pause === null,
  )
  return pause
}

test("somebody else's lock is tried again with growing pauses, up to five minutes", () => {
  assert.equal(
    [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => pauseAfter(attempt, 0)),
    [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000],
  )
})

test('a lock is waited for an hour: an attempt exactly then is made, one a millisecond later is not', () => {
  assert.is(pauseAfter(10, lockWaitMsMax - 300_000), 300_000)
  assert.is(pauseAfter(10, lockWaitMsMax - 300_000 + 1), null)
  assert.is(lockWaitMsMax, 3_600_000)
})

const lockable = ['restore', 'check', 'compact', 'prune', 'archive-delete', 'restore-check'] as const
for (const type of lockable) {
  test(`a ${type} waits for somebody else's lock as a backup does`, () => {
    const facts = jobRunning(type)
    const prepared = facts.find((event) => event.type === 'RunPrepared')
    assert.ok(prepared?.type === 'RunPrepared')
    const seen = failedEvidenceOf(prepared.work.kind, { lastError: locked.lastError })
    given(repositoryRegistered(), facts)
      .when(reportRunEnded('job_1', { evidence: seen }))
      .thenExactly(runEnded('job_1', { evidence: seen, retryAfterMs: 10_000 }))
  })
}

test('an installation is not tried again by itself', () => {
  const seen = failedEvidenceOf('package', { lastError: locked.lastError })
  given(repositoryRegistered(), jobRunning('package-install'))
    .when(reportRunEnded('job_1', { evidence: seen }))
    .thenTypes('RunEnded', 'StepFinished', 'JobFailed')
})

test('a clash of archive names is tried again at once, nine times', () => {
  assert.is(pauseAfter(1, 0, clash), 0)
  assert.is(pauseAfter(9, 0, clash), 0)
  assert.is(pauseAfter(10, 0, clash), null)
})

test('nothing else is tried again by itself', () => {
  for (const message of ['No space left on device', 'Connection closed by remote host', 'something new'])
    assert.is(pauseAfter(1, 0, failedEvidence({ lastError: { msgid: null, message } })), null)
  assert.is(pauseAfter(1, 0, { ...locked, exit: { code: 0, signal: null } }), null)
})

test('a run that made its archive is not repeated, whatever it said', () => {
  assert.is(pauseAfter(1, 0, { ...locked, archive: evidence().archive }), null)
})

test('a job that was asked to stop is not tried again', () => {
  const { reason, force } = cancelJob()
  assert.is(pauseAfter(1, 0, locked, { type: 'CancelRequested', jobId: 'job_1', reason, force }), null)
})

test('a job that start-up cleanup has met is not tried again', () => {
  const traces = { report: 'none', liveness: 'alive' } as const
  assert.is(pauseAfter(1, 0, locked, { type: 'JobRecovered', jobId: 'job_1', traces, decision: 'follow' }), null)
})

test.run()
