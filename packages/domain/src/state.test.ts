import { backupRequested, backupRunning, jobCompleted, jobStarted, repositoryRegistered, runEnded } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from './event.js'
import { evolve, evolveAll, foresee, initialState, type LedgerState } from './state.js'

const meta = { at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' }
const fold = (...events: ReadonlyArray<DomainEvent>): LedgerState => foresee(initialState, events, meta)
const late: DomainEvent = { type: 'LateReportObserved', jobId: 'job_1', runId: 'run_1', report: 'ReportRunEnded' }

test('the state knows the position of the last event, whatever it was', () => {
  assert.is(initialState.position, 0)
  const unknownJob: DomainEvent = { type: 'StepStarted', jobId: 'job_9', step: 'create' }
  const key: DomainEvent = { type: 'IdempotencyKeyUsed', keyHash: 'h', fingerprint: 'f', madeId: 'job_1' }
  assert.is(fold(repositoryRegistered(), unknownJob, key, { type: 'DispatchOpened' }).position, 4)
})

test('folding one after the other is folding all at once', () => {
  const events = [repositoryRegistered(), ...backupRunning(), runEnded(), jobCompleted()]
  const recorded = events.map((event, index) => ({ event, position: index + 1, ...meta }))
  assert.equal(evolveAll(initialState, recorded), recorded.reduce(evolve, initialState))
  assert.equal(evolveAll(initialState, recorded), fold(...events))
})

test('a job keeps its place in the queue, and leaves the state when it is over', () => {
  const pending = fold(repositoryRegistered(), backupRequested())
  assert.is(pending.jobs.get('job_1')?.order, 2)
  const running = fold(repositoryRegistered(), ...backupRunning())
  assert.equal([running.jobs.get('job_1')?.status, running.jobs.get('job_1')?.run?.spawned], ['running', true])
  assert.is(fold(repositoryRegistered(), ...backupRunning(), jobCompleted()).jobs.size, 0)
})

test('what is recorded of a finished job does not bring it back', () => {
  const over = [repositoryRegistered(), ...backupRunning(), jobCompleted()]
  assert.is(fold(...over, late, { type: 'JobEntryDeleted', jobId: 'job_1' }).jobs.size, 0)
})

test('a finished job that was put in for one decision is gone once that is folded', () => {
  const finished = fold(repositoryRegistered(), ...backupRunning()).jobs.get('job_1')
  assert.ok(finished)
  const lent = { ...initialState, jobs: new Map([['job_1', { ...finished, status: 'completed' as const }]]) }
  for (const event of [
    late,
    { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'success', error: null, warnings: [] } as const,
  ])
    assert.is(foresee(lent, [event], meta).jobs.size, 0)
})

test('the state that was folded from is not changed', () => {
  const before = fold(repositoryRegistered(), backupRequested())
  const job = before.jobs.get('job_1')
  foresee(before, [jobStarted(), jobCompleted()], meta)
  assert.is(before.jobs.get('job_1'), job)
  assert.is(job?.status, 'pending')
})

test('a start counts against every older job that waits for the same slot or repository, and no other', () => {
  const { jobs } = fold(
    repositoryRegistered(),
    repositoryRegistered('desk'),
    backupRequested('same-both'),
    backupRequested('same-slot', { repositoryId: 'desk' }),
    backupRequested('same-repository', { slot: null }),
    backupRequested('neither', { repositoryId: 'desk', slot: 'scheduled-backup' }),
    backupRequested('started'),
    backupRequested('younger'),
    jobStarted('started'),
  )
  const counts = Object.fromEntries([...jobs].map(([id, job]) => [id, job.overtaken]))
  assert.equal(counts, { 'same-both': 1, 'same-slot': 1, 'same-repository': 1, neither: 0, started: 0, younger: 0 })
})

test.run()
