/** A backup that prunes and compacts: from the end of its own run to its own end, with the jobs that it waits for. */
import {
  archiveMade,
  cancelJob,
  evidence,
  evidenceOf,
  failedEvidence,
  failedEvidenceOf,
  jobRequested,
  memoryLedger,
  ownerReady,
  preflight,
  prepareRun,
  reportRunEnded,
  repositoryRegistered,
  requestJob,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent, EventOf } from '../../event.js'
import type { RunEvidence } from '../run/index.js'
import type { BackupSpec } from '../spec.js'

const keep = { daily: 7 }
const whole: BackupSpec = { sources: ['/home'], prune: { keep }, compact: { threshold: 20 } }

/** A ledger at which backup `job_1` has just ended its own run so. */
const afterCreate = (spec: BackupSpec = whole, seen: RunEvidence = evidence(), ...facts: ReadonlyArray<DomainEvent>) => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered(), facts)
  ledger.submit(requestJob('job_1', { work: { type: 'backup', spec } }))
  ledger.submit(prepareRun())
  ledger.submit(reportRunEnded('job_1', { evidence: seen }))
  return ledger
}
type Ledger = ReturnType<typeof afterCreate>

let runs = 1
/** The next run of a job ends so. */
const run = (ledger: Ledger, jobId: string, seen: RunEvidence): void => {
  const runId = `run_${(runs += 1)}`
  ledger.submit(prepareRun(jobId, { runId }))
  ledger.submit(reportRunEnded(jobId, { runId, evidence: seen }))
}
const pruneWell = (ledger: Ledger): void => {
  run(ledger, 'job_1-prune', evidenceOf('prune-plan'))
  run(ledger, 'job_1-prune', evidenceOf('prune'))
}
/** What was recorded after the first `count` events, as types with the jobs that they are about. */
const since = (ledger: Ledger, count: number): ReadonlyArray<string> =>
  ledger
    .history()
    .slice(count)
    .map(({ event }) => `${event.type} ${'jobId' in event ? event.jobId : ''}`)
const endOf = <T extends 'JobCompleted' | 'JobFailed' | 'JobCancelled'>(ledger: Ledger, type: T, jobId = 'job_1'): EventOf<T> => {
  const found = ledger.history().find(({ event }) => event.type === type && event.jobId === jobId)
  assert.ok(found, `${jobId} has no ${type}`)
  return found.event as EventOf<T>
}
const told = ({ warnings }: EventOf<'JobCompleted'>) => warnings.map(({ code, message }) => `${code}: ${message}`)

test('a backup that is to prune starts that as a job of its own with the end of its run, and waits', () => {
  const ledger = afterCreate()
  const last = ledger.history().slice(-4)
  assert.equal(
    last.map(({ event }) => event),
    [
      { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'success', error: null, warnings: [] },
      { type: 'StepStarted', jobId: 'job_1', step: 'prune' },
      jobRequested('prune', 'job_1-prune', { trigger: { kind: 'parent', jobId: 'job_1' } }),
      { type: 'JobStarted', jobId: 'job_1-prune', host: 'host-a', claim: null },
    ],
  )
  assert.is(ledger.state().jobs.get('job_1')?.status, 'running')
  const count = ledger.history().length
  ledger.submit(prepareRun('job_1', { runId: 'run_again' }))
  assert.is(ledger.history().length, count)
})

test('then it compacts, and its own end comes last, with all that its run left', () => {
  const ledger = afterCreate()
  const count = ledger.history().length
  pruneWell(ledger)
  assert.equal(since(ledger, count).slice(-6), [
    'JobCompleted job_1-prune',
    'StepFinished job_1',
    'StepStarted job_1',
    'JobRequested job_1-compact',
    'JobStarted job_1-compact',
    'LogRemovalDecided job_1-prune',
  ])
  run(ledger, 'job_1-compact', evidenceOf('compact'))
  const ends = ['JobCompleted job_1-compact', 'StepFinished job_1', 'JobCompleted job_1']
  assert.equal(since(ledger, count).slice(-5), [...ends, 'LogRemovalDecided job_1-compact', 'LogRemovalDecided job_1'])
  const end = endOf(ledger, 'JobCompleted')
  assert.equal(
    [end.outcome, end.archive, end.originalBytes, end.effect, end.logBytes, end.warnings],
    ['success', archiveMade().name, 1_000_000, 'complete', 512, []],
  )
})

test('a child does what the backup says: its series, its rule, its threshold', () => {
  const ledger = afterCreate({ ...whole, series: 'nightly' })
  const workOf = (jobId: string) => ledger.state().jobs.get(jobId)?.work
  assert.equal(workOf('job_1-prune'), { type: 'prune', spec: { keep, series: 'nightly' } })
  assert.equal(
    afterCreate({ sources: ['/'], compact: true })
      .state()
      .jobs.get('job_1-compact')?.work,
    { type: 'compact', spec: {} },
  )
})

test('a prune or a compact that fails leaves the archive, and the backup a warning; after a failed prune nothing is compacted', () => {
  const ledger = afterCreate()
  run(ledger, 'job_1-prune', failedEvidenceOf('prune-plan'))
  const end = endOf(ledger, 'JobCompleted')
  assert.equal([end.outcome, end.archive, end.effect], ['warning', archiveMade().name, 'complete'])
  assert.equal(told(end), [
    'step-failed: prune (job job_1-prune) failed: borg ended with exit code 2',
    'step-skipped: compact skipped: the prune was not done',
  ])
  const compacting = afterCreate({ sources: ['/home'], compact: true })
  run(compacting, 'job_1-compact', failedEvidenceOf('compact'))
  assert.equal(told(endOf(compacting, 'JobCompleted')), ['step-failed: compact (job job_1-compact) failed: borg ended with exit code 2'])
})

test('a child that cannot begin, or that is cancelled by force, is a failed step too', () => {
  const blocked = afterCreate()
  blocked.submit(prepareRun('job_1-prune', { runId: 'run_x', preflight: preflight({ passphraseProblem: 'PASS is not set' }) }))
  assert.match(told(endOf(blocked, 'JobCompleted')).join(), 'step-failed: prune (job job_1-prune) failed: PASS is not set')
  const stopped = afterCreate()
  stopped.submit(cancelJob('job_1-prune'))
  assert.match(told(endOf(stopped, 'JobCompleted')).join(), 'step-failed: prune (job job_1-prune) was cancelled')
})

const doubtful: ReadonlyArray<readonly [string, BackupSpec, RunEvidence]> = [
  ['sources were missing', whole, evidence({ missingSources: ['/home'] })],
  ['the archive is suspiciously small', whole, evidence({ archive: archiveMade({ files: 0 }) })],
  ['a prune finds the archives of a series by names such as', { ...whole, archiveName: 'nightly-{job}' }, evidence()],
]
for (const [why, spec, seen] of doubtful)
  test(`nothing is pruned nor compacted when ${why}, and the backup says so`, () => {
    const end = endOf(afterCreate(spec, seen), 'JobCompleted')
    assert.is(end.outcome, 'warning')
    assert.match(told(end).at(-1) ?? '', `step-skipped: prune and compact skipped: ${why}`)
  })

test('a backup that made no archive has no maintenance', () => {
  const ledger = afterCreate(whole, failedEvidence())
  assert.is(endOf(ledger, 'JobFailed').error.code, 'borg-failed')
  assert.is(ledger.state().jobs.size, 0)
})

test('the prune of a backup may delete the archive before, and never the one just made', () => {
  const before = 'laptop-20261102T021300Z'
  const ledger = afterCreate({ sources: ['/home'], prune: { keep } }, evidence({ archive: archiveMade({ name: before }) }))
  pruneWell(ledger)
  const next = (jobId: string, prunes: ReadonlyArray<string>) => {
    ledger.submit(requestJob(jobId, { work: { type: 'backup', spec: { sources: ['/home'], prune: { keep } } } }))
    run(ledger, jobId, evidence())
    run(ledger, `${jobId}-prune`, evidenceOf('prune-plan', { prunes }))
    return ledger.state().jobs.get(`${jobId}-prune`)?.done
  }
  assert.equal(next('job_2', [before]), ['plan'])
  run(ledger, 'job_2-prune', evidenceOf('prune', { after: [] }))
  assert.is(next('job_3', [archiveMade().name]), undefined)
  assert.is(endOf(ledger, 'JobFailed', 'job_3-prune').error.code, 'prune-plan-refused')
})

test('a backup that is asked to stop while it prunes lets that end, and skips the rest', () => {
  const ledger = afterCreate()
  const count = ledger.history().length
  ledger.submit(cancelJob())
  assert.equal(since(ledger, count), ['CancelRequested job_1'])
  pruneWell(ledger)
  const end = endOf(ledger, 'JobCompleted')
  assert.equal(told(end), ['step-skipped: compact skipped: the backup was asked to stop'])
})

test('a backup that was asked to stop in its own run, and made its archive, skips its maintenance', () => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered())
  ledger.submit(requestJob('job_1', { work: { type: 'backup', spec: whole } }))
  ledger.submit(prepareRun())
  ledger.submit(cancelJob())
  ledger.submit(reportRunEnded())
  assert.equal(told(endOf(ledger, 'JobCompleted')), ['step-skipped: prune and compact skipped: the backup was asked to stop'])
})

test('who waits for the repository waits for all of the backup, and is overtaken by none of its children', () => {
  const ledger = afterCreate()
  ledger.submit(requestJob('job_2', { work: { type: 'check', spec: { mode: 'full' } } }))
  pruneWell(ledger)
  assert.equal([ledger.state().jobs.get('job_2')?.status, ledger.state().jobs.get('job_2')?.overtaken], ['pending', 0])
  run(ledger, 'job_1-compact', evidenceOf('compact'))
  assert.is(ledger.state().jobs.get('job_2')?.status, 'running')
})

test.run()
