/** A job of two steps, from its request to each of its ends. */
import {
  archiveListed,
  archiveMade,
  backupDone,
  cancelJob,
  evidenceOf,
  failedEvidenceOf,
  given,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRunning,
  prepareRun,
  prunedArchive,
  reportRunEnded,
  repositoryRegistered,
  runEnded,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent } from '../../event.js'

const planning = [repositoryRegistered(), ...jobRunning('prune')]
const planEvidence = evidenceOf('prune-plan')
const planned: DomainEvent = { type: 'StepFinished', jobId: 'job_1', step: 'plan', outcome: 'success', error: null, warnings: [] }
const between = [...planning, runEnded('job_1', { evidence: planEvidence }), planned]
const pruning = [repositoryRegistered(), ...jobRunning('prune', 'job_1', 2)]
const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
const planEnded = reportRunEnded('job_1', { evidence: planEvidence })
const pruneEnded = (evidence = evidenceOf('prune')) => reportRunEnded('job_1', { runId: 'run_2', evidence })

test('a plan that may be carried out ends its step and not the job', () => {
  given(planning)
    .when(planEnded)
    .thenExactly(runEnded('job_1', { evidence: planEvidence }), planned)
})

test('a prune is judged by what its plan said, and the archive that stays is none of its own', () => {
  given(pruning)
    .when(pruneEnded())
    .thenExactly(
      runEnded('job_1', { runId: 'run_2', evidence: evidenceOf('prune') }),
      { type: 'StepFinished', jobId: 'job_1', step: 'prune', outcome: 'success', error: null, warnings: [] },
      jobCompleted('job_1', { verdict: { rule: 'pruned-as-planned', version: 1 }, logBytes: 512 }),
      { type: 'LogRemovalDecided', jobId: 'job_1', reason: 'policy' },
    )
  const other = [archiveListed('laptop-20260801T021300Z'), archiveListed()]
  given(pruning)
    .when(pruneEnded(evidenceOf('prune', { before: other, after: other })))
    .thenTypes('RunEnded', 'StepFinished', 'JobCompleted', 'LogRemovalDecided')
})

test('a plan that names the newest good archive of any series of the repository fails the job', () => {
  const good = backupDone('b', { name: prunedArchive })
  given(repositoryRegistered(), good, jobRunning('prune')).when(planEnded).thenTypes('RunEnded', 'StepFinished', 'JobFailed')
  given(repositoryRegistered('desk'), repositoryRegistered(), good, jobRunning('prune', 'job_1', 1, { repositoryId: 'desk' }))
    .when(planEnded)
    .thenTypes('RunEnded', 'StepFinished')
})

test('a job that was cancelled while it planned prunes nothing, even if the plan came to its end', () => {
  given(planning).when(cancelJob()).thenExactly(asked)
  given(planning, asked).when(planEnded).thenTypes('RunEnded', 'StepFinished', 'JobCancelled')
})

test('between its plan and its prune a job is cancelled at once', () => {
  given(between)
    .when(cancelJob())
    .thenExactly(asked, jobCancelled('job_1', { logBytes: 512, verdict: { rule: 'cancelled-between-steps', version: 1 } }))
})

test('once it deletes, only force stops it', () => {
  given(pruning).when(cancelJob()).thenRefused('InterruptingIsUnsafe', { jobId: 'job_1' })
  given(pruning)
    .when(cancelJob('job_1', { force: true }))
    .thenTypes('CancelRequested')
})

test('a host that died between plan and prune fails the job, and nothing was deleted', () => {
  const traces = { report: 'never', liveness: 'gone' } as const
  given(between, { type: 'OwnerStarted', host: 'host-b', software: '1', rules: 1 })
    .when({ type: 'RecoverJob', jobId: 'job_1', traces })
    .thenExactly(
      { type: 'JobRecovered', jobId: 'job_1', traces, decision: 'fail' },
      jobFailed('job_1', {
        error: { code: 'interrupted-by-restart', message: 'the host restarted between two steps' },
        verdict: { rule: 'interrupted', version: 1 },
        logBytes: 512,
      }),
    )
})

test('a lock of somebody else is waited for in either step, and each step counts its own attempts', () => {
  const lastError = { msgid: 'LockTimeout', message: 'locked' }
  for (const [facts, command, kind] of [
    [planning, { runId: 'run_1' }, 'prune-plan'],
    [pruning, { runId: 'run_2' }, 'prune'],
  ] as const) {
    const evidence = failedEvidenceOf(kind, { lastError })
    given(facts)
      .when(reportRunEnded('job_1', { ...command, evidence }))
      .thenExactly(runEnded('job_1', { ...command, evidence, retryAfterMs: 10_000 }))
    given(facts, runEnded('job_1', { ...command, evidence, retryAfterMs: 10_000 }))
      .when(prepareRun('job_1', { runId: 'run_3' }))
      .thenTypes('RunPrepared')
  }
})

test('a report about the plan that comes again while the prune runs changes nothing', () => {
  given(pruning).when(planEnded).thenNothing()
})

test('what an interrupted prune did is what the list shows', () => {
  const twoPlanned = evidenceOf('prune-plan', { prunes: [prunedArchive, 'laptop-20260801T021300Z'] })
  const facts = [...planning, runEnded('job_1', { evidence: twoPlanned }), planned, ...jobRunning('prune', 'job_1', 2).slice(-3)]
  const stopped = evidenceOf('prune', {
    exit: { code: 2, signal: null },
    before: [archiveListed(prunedArchive), archiveListed('laptop-20260801T021300Z'), archiveListed()],
    after: [archiveListed(prunedArchive), archiveListed(archiveMade().name)],
  })
  given(facts, { ...asked, force: true })
    .when(pruneEnded(stopped))
    .thenExactly(
      runEnded('job_1', { runId: 'run_2', evidence: stopped }),
      { type: 'StepFinished', jobId: 'job_1', step: 'prune', outcome: 'cancelled', error: null, warnings: [] },
      jobCancelled('job_1', { effect: 'partial', logBytes: 512, verdict: { rule: 'cancelled', version: 1 } }),
    )
})

test.run()
