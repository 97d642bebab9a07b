import {
  backupRunning,
  evidence,
  failedEvidence,
  given,
  jobCancelled,
  jobCompleted,
  jobFailed,
  reportRunEnded,
  repositoryRegistered,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import { defaultSettings, type Settings } from '../settings/index.js'
import type { JobCommandOf } from './commands.js'
import { isLogTooOld } from './log-removal.js'

type Policy = Settings['logSavePolicy']
const running = [repositoryRegistered(), ...backupRunning()]
const policyIs = (logSavePolicy: Policy): DomainEvent => ({ type: 'SettingsChanged', changes: { logSavePolicy } })
const decidedTo = (reason: 'policy' | 'age' | 'cap' | 'entry-deleted'): DomainEvent => ({
  type: 'LogRemovalDecided',
  jobId: 'job_1',
  reason,
})
const removed = (reason: 'policy' | 'age' | 'cap' | 'entry-deleted'): DomainEvent => ({ type: 'LogRemoved', jobId: 'job_1', reason })

/** Whether the end that the report makes gives the log up, under each policy. */
const givenUpUnder = (report: JobCommandOf<'ReportRunEnded'>, ...facts: ReadonlyArray<DomainEvent>): ReadonlyArray<Policy> =>
  (['all', 'failed-and-warnings', 'failed-only'] as const).filter((policy) => {
    const { decision } = given(running, facts, policyIs(policy)).when(report)
    return E.isRight(decision) && decision.right.some(({ type }) => type === 'LogRemovalDecided')
  })

const warning = { code: 'borg-warning', message: 'odd', count: 1 }
const benign = { code: 'files-changed', message: 'a file changed', count: 2 }
const ended = (over: Parameters<typeof evidence>[0]) => reportRunEnded('job_1', { evidence: evidence(over) })

test('the log of a plain success is given up in the commit of its end, unless all logs are kept', () => {
  assert.equal(givenUpUnder(ended({})), ['failed-and-warnings', 'failed-only'])
})

test('a success with warnings keeps its log by default, benign ones too', () => {
  assert.equal(givenUpUnder(ended({ warnings: [warning] })), ['failed-only'])
  assert.equal(givenUpUnder(ended({ warnings: [benign], exit: { code: 100, signal: null } })), ['failed-only'])
})

test('a job that failed or was cancelled keeps its log under every policy', () => {
  assert.equal(givenUpUnder(reportRunEnded('job_1', { evidence: failedEvidence() })), [])
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: '', force: false }
  const stopped = failedEvidence({ exit: { code: null, signal: 'SIGINT' } })
  assert.equal(givenUpUnder(reportRunEnded('job_1', { evidence: stopped }), asked), [])
})

test('where there is no log there is none to give up', () => {
  assert.equal(givenUpUnder(reportRunEnded('job_1', { logBytes: null })), [])
})

test('a policy that changes after the end changes nothing of it', () => {
  given(running, jobCompleted('job_1', { logBytes: 512 }))
    .when({ type: 'ChangeSettings', changes: { logSavePolicy: 'failed-only' } })
    .thenTypes('SettingsChanged')
})

test('for its age or for room the log of a job that is over is given up, once', () => {
  for (const end of [jobCompleted, jobFailed, jobCancelled])
    for (const reason of ['age', 'cap'] as const)
      given(running, end('job_1', { logBytes: 512 }))
        .when({ type: 'RemoveLog', jobId: 'job_1', reason })
        .thenExactly(decidedTo(reason))
  given(running, jobFailed('job_1', { logBytes: 512 }), decidedTo('age'))
    .when({ type: 'RemoveLog', jobId: 'job_1', reason: 'cap' })
    .thenNothing()
})

test('the log of a job that is not over is never given up', () => {
  for (const reason of ['age', 'cap'] as const) given(running).when({ type: 'RemoveLog', jobId: 'job_1', reason }).thenNothing()
})

test('a log goes with the entry, unless it went before', () => {
  const over = given(running, jobFailed('job_1', { logBytes: 512 }))
  const deletion = { type: 'DeleteJobEntry', jobId: 'job_1' } as const
  over.when(deletion).thenExactly({ type: 'JobEntryDeleted', jobId: 'job_1' }, decidedTo('entry-deleted'))
  given(running, jobCompleted('job_1', { logBytes: 512 }), decidedTo('policy'), removed('policy'))
    .when(deletion)
    .thenExactly({ type: 'JobEntryDeleted', jobId: 'job_1' })
})

test('a removal is recorded with the reason for which it was decided, once, also after its entry', () => {
  const report = { type: 'ReportLogRemoved', jobId: 'job_1' } as const
  const due = [
    running,
    jobFailed('job_1', { logBytes: 512 }),
    { type: 'JobEntryDeleted', jobId: 'job_1' } as const,
    decidedTo('entry-deleted'),
  ]
  given(...due)
    .when(report)
    .thenExactly(removed('entry-deleted'))
  given(...due, removed('entry-deleted'))
    .when(report)
    .thenNothing()
  given(running, jobFailed('job_1', { logBytes: 512 }))
    .when(report)
    .thenNothing()
})

test('a log is too old once it is older than it is kept, by one millisecond', () => {
  const settings = { ...defaultSettings, logRetentionDays: 2 }
  assert.not(isLogTooOld('2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z', settings))
  assert.ok(isLogTooOld('2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.001Z', settings))
})

test.run()
