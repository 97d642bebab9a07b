/** A host dies while a backup is among its scripts: what the next owner makes of it. No post-script runs twice, and none that is due never. */
import {
  evidence,
  evidenceOf,
  failedEvidenceOf,
  given,
  jobRequested,
  jobStarted,
  type MemoryLedger,
  memoryLedger,
  ownerReady,
  prepareRun,
  reportRunEnded,
  repositoryRegistered,
  requestJob,
  scriptAdded,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent, EventOf } from '../event.js'

type Traces = EventOf<'JobRecovered'>['traces']
const alive: Traces = { report: 'none', liveness: 'alive' }
const gone: Traces = { report: 'none', liveness: 'gone' }
const never: Traces = { report: 'never', liveness: 'gone' }
const ended: Traces = { report: 'ended', liveness: 'gone' }
const unknown: Traces = { report: 'none', liveness: 'unknown' }

const stop = { id: 'stop-db', phase: 'pre' } as const
const start = { id: 'start-db', phase: 'post' } as const
const work = { type: 'backup', spec: { sources: ['/home'], scripts: [stop, start, start] } } as const

/** The owner after the one whose backup was so far, with the run of its `steps`th step prepared. */
const orphaned = (steps: number): MemoryLedger => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered(), scriptAdded('stop-db'), scriptAdded('start-db'))
  ledger.submit(requestJob('job_1', { work }))
  for (let step = 1; step <= steps; step += 1) {
    ledger.submit(prepareRun('job_1', { runId: `run_${step}` }))
    const seen = step === 2 ? evidence() : evidenceOf('script')
    if (step < steps) ledger.submit(reportRunEnded('job_1', { runId: `run_${step}`, evidence: seen }))
  }
  ledger.submit({ type: 'StartOwner', host: 'host-b', software: '1', rules: 1 })
  return ledger
}
const recover = (ledger: MemoryLedger, traces: Traces): ReadonlyArray<string> => {
  const decided = ledger.submit({ type: 'RecoverJob', jobId: 'job_1', traces })
  assert.ok(E.isRight(decided))
  return decided.right.map(({ event }) => (event.type === 'JobRecovered' ? event.decision : event.type))
}
const finish = (ledger: MemoryLedger, runId: string): void => {
  ledger.submit(prepareRun('job_1', { runId }))
  ledger.submit(reportRunEnded('job_1', { runId, evidence: evidenceOf('script') }))
}
const lastOf = (ledger: MemoryLedger): DomainEvent | undefined => ledger.history().at(-1)?.event

test('in a pre-script that lives: it is stopped, the backup fails, and its post-scripts run', () => {
  const ledger = orphaned(1)
  assert.equal(recover(ledger, alive), ['stop'])
  ledger.submit(reportRunEnded('job_1', { runId: 'run_1', evidence: evidenceOf('script') }))
  assert.is(lastOf(ledger)?.type, 'EndingDecided')
  finish(ledger, 'run_a')
  finish(ledger, 'run_b')
  const end = lastOf(ledger) as EventOf<'JobFailed'>
  assert.equal([end.type, end.error.code], ['JobFailed', 'interrupted-by-restart'])
})

test('in a pre-script that never began, or between steps: the ending is decided at once, and the post-scripts run', () => {
  for (const steps of [0, 1]) {
    const ledger = orphaned(steps)
    assert.equal(recover(ledger, never), ['fail', 'EndingDecided'])
    assert.equal(recover(ledger, never), [], 'the same look again changes nothing')
    finish(ledger, 'run_a')
    finish(ledger, 'run_b')
    assert.is(lastOf(ledger)?.type, 'JobFailed')
  }
})

test('a pre-script that is gone without a report fails the backup, and the post-scripts run', () => {
  const ledger = orphaned(1)
  assert.equal(recover(ledger, gone), ['fail'])
  ledger.submit(reportRunEnded('job_1', { runId: 'run_1', evidence: failedEvidenceOf('script', { exit: null }) }))
  assert.is((lastOf(ledger) as EventOf<'EndingDecided'>).error?.code, 'interrupted-by-restart')
})

test('in a post-script, whatever is left of it: the job goes on as it was decided, and nothing is stopped', () => {
  for (const traces of [alive, gone, never, ended]) assert.equal(recover(orphaned(3), traces), ['resume'])
  const ledger = orphaned(3)
  recover(ledger, gone)
  ledger.submit(reportRunEnded('job_1', { runId: 'run_3', evidence: failedEvidenceOf('script', { exit: null }) }))
  finish(ledger, 'run_4')
  const end = lastOf(ledger) as EventOf<'JobCompleted'>
  assert.equal([end.type, end.outcome, end.warnings.map(({ code }) => code)], ['JobCompleted', 'warning', ['step-failed']])
})

test('between two post-scripts: the next one is prepared', () => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered(), scriptAdded('stop-db'), scriptAdded('start-db'))
  ledger.submit(requestJob('job_1', { work }))
  for (const [step, seen] of [evidenceOf('script'), evidence(), evidenceOf('script')].entries()) {
    ledger.submit(prepareRun('job_1', { runId: `run_${step}` }))
    ledger.submit(reportRunEnded('job_1', { runId: `run_${step}`, evidence: seen }))
  }
  ledger.submit({ type: 'StartOwner', host: 'host-b', software: '1', rules: 1 })
  assert.equal(recover(ledger, never), ['resume'])
  finish(ledger, 'run_4')
  assert.equal(
    ledger
      .history()
      .slice(-2)
      .map(({ event }) => event.type),
    ['JobCompleted', 'LogRemovalDecided'],
  )
})

test('a post-script that nobody can see leaves the job unattended; it goes on when it is seen again', () => {
  const ledger = orphaned(3)
  assert.equal(recover(ledger, unknown), ['leave'])
  const watched = ledger.submit({ type: 'WatchJob', jobId: 'job_1', traces: alive })
  assert.ok(E.isRight(watched))
  assert.equal(
    watched.right.map(({ event }) => event.type === 'JobRecovered' && event.decision),
    ['resume'],
  )
})

test('an unattended post-script that is resolved counts as failed: how the job ends was decided, and the next one runs', () => {
  const ledger = orphaned(3)
  recover(ledger, unknown)
  const resolve = { type: 'ResolveJob', jobId: 'job_1', state: 'cancelled', reason: 'the machine is gone', traces: unknown } as const
  const resolved = ledger.submit(resolve)
  assert.ok(E.isRight(resolved))
  assert.equal(
    resolved.right.map(({ event }) => event.type),
    ['JobRecovered', 'StepFinished'],
  )
  finish(ledger, 'run_4')
  const end = lastOf(ledger) as EventOf<'JobCompleted'>
  assert.equal([end.type, end.outcome], ['JobCompleted', 'warning'])
  assert.match(end.warnings[0]?.message ?? '', 'post:start-db failed: nobody could see its end')
})

test('an unattended backup that is resolved has its post-scripts run, and ends as was said', () => {
  const ledger = orphaned(2)
  recover(ledger, unknown)
  ledger.submit({ type: 'ResolveJob', jobId: 'job_1', state: 'failed', reason: 'the machine is gone', traces: unknown })
  assert.is(lastOf(ledger)?.type, 'EndingDecided')
  finish(ledger, 'run_a')
  finish(ledger, 'run_b')
  assert.is((lastOf(ledger) as EventOf<'JobFailed'>).error.code, 'worker-lost')
})

test('a crash while a backup still waits runs no script', () => {
  given(repositoryRegistered(), scriptAdded('start-db'), jobRequested('backup', 'job_1', { work }), {
    type: 'OwnerStarted',
    host: 'host-b',
    software: '1',
    rules: 1,
  })
    .when({ type: 'RecoverJob', jobId: 'job_1', traces: never })
    .thenNothing()
  given(repositoryRegistered(), scriptAdded('stop-db'), scriptAdded('start-db'), jobRequested('backup', 'job_1', { work }), jobStarted())
    .when({ type: 'RecoverJob', jobId: 'job_1', traces: never })
    .thenTypes('JobRecovered', 'EndingDecided')
})

test.run()
