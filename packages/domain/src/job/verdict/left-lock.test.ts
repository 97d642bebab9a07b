import { evidence, failedEvidence, given, jobRunning, reportRunEnded, repositoryRegistered } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../../event.js'
import type { EvidenceOf, LockOutcome } from '../run/index.js'
import { lockTrouble } from './left-lock.js'

const byHand = 'if its holder is gone for good, it must be broken by hand (borg break-lock)'
const said = (lock: LockOutcome | null) => lockTrouble({ lock }, null).map(({ code, message }) => `${code}: ${message}`)

test('a lock that is gone is not spoken of', () => {
  for (const lock of [null, ...(['broken', 'not-needed', 'out-of-reach'] as const).map((outcome) => ({ outcome, holder: null }))])
    assert.equal(said(lock), [])
})

test('a lock that is still there is a warning that names its holder and says what to do', () => {
  assert.equal(said({ outcome: 'refused', holder: 'host-b, pid 12' }), [
    `repository-locked: somebody else holds the lock of the repository (host-b, pid 12); ${byHand}`,
  ])
  assert.equal(said({ outcome: 'refused', holder: null }), [`repository-locked: somebody else holds the lock of the repository; ${byHand}`])
  assert.equal(said({ outcome: 'failed', holder: null }), [`repository-locked: the lock that the run left could not be broken; ${byHand}`])
})

const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
const endOf = (seen: EvidenceOf<'create'>, ...facts: ReadonlyArray<DomainEvent>): DomainEvent | undefined => {
  const { decision } = given(repositoryRegistered(), jobRunning('backup'), facts).when(reportRunEnded('job_1', { evidence: seen }))
  assert.ok(E.isRight(decision))
  return decision.right.at(-1)
}

test('a job that failed for the lock says it once, in its error, with the holder where it is known', () => {
  const lastError = { msgid: 'LockTimeout', message: 'Failed to create/acquire the lock' }
  const lock = { outcome: 'refused', holder: 'vm@1, pid 12 (alive on this machine)' } as const
  const traces = { report: 'none', liveness: 'alive' } as const
  const end = endOf(failedEvidence({ lastError, lock }), { type: 'JobRecovered', jobId: 'job_1', traces, decision: 'follow' })
  assert.ok(end?.type === 'JobFailed')
  assert.is(end.error.message, `Failed to create/acquire the lock; held by vm@1, pid 12 (alive on this machine); ${byHand}`)
  assert.equal(end.warnings, [])
})

test('a job that lost its connection says that the other side may hold the lock', () => {
  const lastError = { msgid: 'ConnectionClosed', message: 'Connection closed by remote host' }
  const end = endOf(failedEvidence({ lastError, lock: { outcome: 'out-of-reach', holder: null } }))
  assert.ok(end?.type === 'JobFailed')
  assert.is(end.error.message, `Connection closed by remote host; the other side may hold the lock until it notices: ${byHand}`)
  assert.equal(end.warnings, [])
})

test('however an interrupted job ends, its record says that a lock is left', () => {
  const lock: LockOutcome = { outcome: 'refused', holder: 'host-b' }
  const exit = { code: 143, signal: null }
  for (const [seen, type] of [
    [failedEvidence({ exit, lock }), 'JobCancelled'],
    [evidence({ exit, lock }), 'JobCompleted'],
  ] as const) {
    const end = endOf(seen, asked)
    assert.is(end?.type, type)
    assert.ok(end !== undefined && 'verdict' in end && end.warnings.some(({ code }) => code === 'repository-locked'))
  }
  const failed = endOf(failedEvidence({ exit, lock }))
  assert.ok(failed?.type === 'JobFailed' && failed.warnings.some(({ code }) => code === 'repository-locked'))
})

test('a job that waited for a lock in vain says that it may have to be broken by hand', () => {
  const lastError = { msgid: 'LockTimeout', message: 'Failed to create/acquire the lock' }
  const traces = { report: 'none', liveness: 'alive' } as const
  const end = endOf(failedEvidence({ lastError }), { type: 'JobRecovered', jobId: 'job_1', traces, decision: 'follow' })
  assert.is(end?.type === 'JobFailed' && end.error.message, `Failed to create/acquire the lock; ${byHand}`)
})

test.run()
