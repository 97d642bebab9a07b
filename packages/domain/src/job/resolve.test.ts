import {
  backupRequested,
  backupRunning,
  evidence,
  given,
  jobCancelled,
  jobFailed,
  jobRequested,
  jobRunning,
  jobStarted,
  memoryLedger,
  ownerReady,
  prepareRun,
  reportRunEnded,
  repositoryRegistered,
  requestJob,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent, EventOf } from '../event.js'

type Traces = EventOf<'JobRecovered'>['traces']
const unknown: Traces = { report: 'none', liveness: 'unknown' }
const gone: Traces = { report: 'none', liveness: 'gone' }
const alive: Traces = { report: 'none', liveness: 'alive' }
const left: DomainEvent = { type: 'JobRecovered', jobId: 'job_1', traces: unknown, decision: 'leave' }
const resolve = (state: 'failed' | 'cancelled', traces: Traces = gone, jobId = 'job_1') =>
  ({ type: 'ResolveJob', jobId, state, reason: 'the machine is gone', traces }) as const
const unattended = given(repositoryRegistered(), backupRunning(), left)

test('an unattended job is failed by a word; its effect stays unknown, and its log, of whatever size, is there', () => {
  for (const traces of [gone, unknown])
    unattended.when(resolve('failed', traces)).thenExactly(
      jobFailed('job_1', {
        error: { code: 'worker-lost', message: 'nobody could see its end; it was resolved: the machine is gone' },
        effect: 'unknown',
        logBytes: 0,
        verdict: { rule: 'resolved', version: 1 },
      }),
    )
})

test('or it is cancelled, and the record says why', () => {
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'the machine is gone', force: true }
  const cancelled = jobCancelled('job_1', { effect: 'unknown', logBytes: 0, verdict: { rule: 'resolved', version: 1 } })
  unattended.when(resolve('cancelled')).thenExactly(asked, cancelled)
  given(repositoryRegistered(), backupRunning(), left, { ...asked, reason: 'before' })
    .when(resolve('cancelled'))
    .thenExactly(cancelled)
})

test('a job whose process lives is not resolved', () => {
  unattended.when(resolve('failed', alive)).thenRefused('ProcessAlive', { jobId: 'job_1' })
})

test('a job that is seen, waits or is over is not resolved', () => {
  given(repositoryRegistered(), backupRunning()).when(resolve('failed')).thenRefused('NotUnattended', { jobId: 'job_1' })
  given(repositoryRegistered(), backupRunning(), left, { ...left, traces: alive, decision: 'follow' })
    .when(resolve('failed'))
    .thenRefused('NotUnattended')
  given(repositoryRegistered(), backupRequested()).when(resolve('failed')).thenRefused('NotUnattended')
  given(repositoryRegistered(), backupRunning(), left, jobFailed()).when(resolve('failed')).thenRefused('AlreadyFinished')
  given().when(resolve('failed')).thenRefused('JobNotFound')
})

test('a delete that a dead host never began had no effect', () => {
  given(repositoryRegistered(), jobRequested('archive-delete'), jobStarted(), left)
    .when(resolve('failed'))
    .thenExactly(
      jobFailed('job_1', {
        archive: 'laptop-1',
        error: { code: 'worker-lost', message: 'nobody could see its end; it was resolved: the machine is gone' },
        verdict: { rule: 'resolved', version: 1 },
      }),
    )
})

test('its claim goes to whoever waits, and a report that comes after all is an observation', () => {
  given(ownerReady(), repositoryRegistered(), jobRunning('archive-delete'), left, backupRequested('job_2'))
    .when(resolve('failed'))
    .thenTypes('JobFailed', 'JobStarted')
  given(repositoryRegistered(), backupRunning(), left, jobFailed()).when(reportRunEnded()).thenTypes('LateReportObserved')
})

test('a backup that waits for its unattended prune is resolved through it', () => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered())
  const work = { type: 'backup', spec: { sources: ['/home'], prune: { keep: { daily: 7 } } } } as const
  ledger.submit(requestJob('job_1', { work }))
  ledger.submit(prepareRun())
  ledger.submit(reportRunEnded('job_1', { evidence: evidence() }))
  ledger.submit(prepareRun('job_1-prune', { runId: 'run_2' }))
  ledger.submit({ type: 'RecoverJob', jobId: 'job_1-prune', traces: unknown })
  const resolved = ledger.submit(resolve('failed'))
  assert.ok(E.isRight(resolved))
  assert.equal(
    resolved.right.map(({ event }) => `${event.type} ${'jobId' in event ? event.jobId : ''}`),
    ['JobFailed job_1-prune', 'StepFinished job_1', 'JobCompleted job_1'],
  )
})

test.run()
