/** A host dies while a backup waits for its prune: what the next owner makes of both. */
import {
  archiveMade,
  evidence,
  evidenceOf,
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
import { foldJob, type Job, jobsShowing } from '../views/index.js'

type Traces = EventOf<'JobRecovered'>['traces']
const work = { type: 'backup', spec: { sources: ['/home'], prune: { keep: { daily: 7 } }, compact: true } } as const

/** A backup whose prune has come so far; the owner after it has just started. `planning`: the process of its plan is there. */
const orphaned = (how: 'planning' | 'between') => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered())
  ledger.submit(requestJob('job_1', { work }))
  ledger.submit(prepareRun())
  ledger.submit(reportRunEnded('job_1', { evidence: evidence() }))
  ledger.submit(prepareRun('job_1-prune', { runId: 'run_2' }))
  if (how === 'between') ledger.submit(reportRunEnded('job_1-prune', { runId: 'run_2', evidence: evidenceOf('prune-plan') }))
  ledger.submit({ type: 'StartOwner', host: 'host-b', software: '1', rules: 1 })
  return ledger
}
type Ledger = ReturnType<typeof orphaned>

const recover = (ledger: Ledger, jobId: string, traces: Traces): ReadonlyArray<string> => {
  const decided = ledger.submit({ type: 'RecoverJob', jobId, traces })
  assert.ok(E.isRight(decided))
  return decided.right.map(({ event }) => `${event.type} ${'jobId' in event ? event.jobId : ''}`)
}
const recordOf = (ledger: Ledger, jobId: string): Job => {
  let job: Job | undefined
  for (const recorded of ledger.history()) {
    const { event } = recorded
    if ('jobId' in event && jobsShowing(event).includes(jobId)) job = foldJob(jobId, job, { ...recorded, event })
  }
  assert.ok(job)
  return job
}
const never: Traces = { report: 'never', liveness: 'gone' }
const gone: Traces = { report: 'none', liveness: 'gone' }
const alive: Traces = { report: 'none', liveness: 'alive' }
const unknown: Traces = { report: 'none', liveness: 'unknown' }

test('the backup itself has nothing to be looked at: its child speaks for it', () => {
  const ledger = orphaned('planning')
  assert.equal(recover(ledger, 'job_1', never), [])
  assert.is(ledger.state().jobs.get('job_1')?.status, 'running')
})

const isFailed = (ledger: Ledger): void => {
  const job = recordOf(ledger, 'job_1')
  assert.equal([job.state, job.error?.code, job.maintenance, job.effect], ['failed', 'interrupted-by-restart', 'prune_failed', 'complete'])
  assert.is(job.archive, archiveMade().name)
  assert.match(job.error?.message ?? '', 'the archive was made')
  assert.is(ledger.state().jobs.size, 0)
}

test('a prune that is gone fails, and with it the backup, whose archive is there', () => {
  const ledger = orphaned('planning')
  recover(ledger, 'job_1', never)
  assert.equal(recover(ledger, 'job_1-prune', gone), ['JobRecovered job_1-prune'])
  ledger.submit(reportRunEnded('job_1-prune', { runId: 'run_2', evidence: evidenceOf('prune-plan', { exit: null, prunes: null }) }))
  isFailed(ledger)
})

test('a prune that was between two steps fails at once, and with it the backup', () => {
  const ledger = orphaned('between')
  assert.equal(recover(ledger, 'job_1-prune', never), [
    'JobRecovered job_1-prune',
    'JobFailed job_1-prune',
    'StepFinished job_1',
    'JobFailed job_1',
  ])
  isFailed(ledger)
})

test('a prune that lives goes on, and after it the backup', () => {
  const ledger = orphaned('planning')
  assert.equal(recover(ledger, 'job_1-prune', alive), ['JobRecovered job_1-prune'])
  ledger.submit(reportRunEnded('job_1-prune', { runId: 'run_2', evidence: evidenceOf('prune-plan', { prunes: [] }) }))
  assert.is(ledger.state().jobs.get('job_1-compact')?.status, 'running')
  assert.is(recordOf(ledger, 'job_1').maintenance, 'running_compact')
})

test('a backup is unattended as long as its child is', () => {
  const ledger = orphaned('planning')
  assert.equal(recover(ledger, 'job_1-prune', unknown), ['JobRecovered job_1-prune', 'JobRecovered job_1'])
  assert.equal([recordOf(ledger, 'job_1').unattended, recordOf(ledger, 'job_1-prune').unattended], [true, true])
  assert.equal(recover(ledger, 'job_1-prune', unknown), [])
  assert.equal(recover(ledger, 'job_1-prune', alive), ['JobRecovered job_1-prune', 'JobRecovered job_1'])
  assert.equal([recordOf(ledger, 'job_1').unattended, recordOf(ledger, 'job_1-prune').unattended], [false, false])
})

test('a command about the maintenance that comes again says nothing new', () => {
  const ledger = orphaned('between')
  const events = (): ReadonlyArray<DomainEvent> => ledger.history().map(({ event }) => event)
  recover(ledger, 'job_1-prune', never)
  const count = events().length
  recover(ledger, 'job_1-prune', never)
  recover(ledger, 'job_1', never)
  assert.is(events().length, count)
})

test.run()
