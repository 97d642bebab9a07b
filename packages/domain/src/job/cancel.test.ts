import {
  backupRequested,
  backupRunning,
  cancelJob,
  failedEvidence,
  given,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobRunning,
  jobStarted,
  ownerReady,
  prepareRun,
  reportRunEnded,
  repositoryRegistered,
  runLockedOut,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { JobType } from './job-type.js'

const asked = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false } as const
const scene = given(ownerReady(), repositoryRegistered())

test('a pending job is cancelled at once, and never starts', () => {
  given(repositoryRegistered(), backupRequested()).when(cancelJob()).thenExactly(asked, jobCancelled())
})

test('a job that has a process is asked to stop, and is cancelled when the process is seen gone', () => {
  const running = given(repositoryRegistered(), backupRunning())
  running.when(cancelJob()).thenExactly(asked)
  given(repositoryRegistered(), backupRunning(), asked)
    .when(
      reportRunEnded('job_1', {
        evidence: failedEvidence({ exit: { code: 143, signal: null } }),
      }),
    )
    .thenTypes('RunEnded', 'StepFinished', 'JobCancelled')
})

test('asking again changes nothing', () => {
  given(repositoryRegistered(), backupRunning(), asked)
    .when(cancelJob('job_1', { reason: 'again' }))
    .thenNothing()
})

test('a job that has started and has no process yet is cancelled at once, and a look under way begins nothing', () => {
  given(repositoryRegistered(), backupRequested(), jobStarted()).when(cancelJob()).thenExactly(asked, jobCancelled())
  given(repositoryRegistered(), backupRequested(), jobStarted(), asked, jobCancelled()).when(prepareRun()).thenNothing()
})

test('a job that waits for its next attempt is cancelled at once', () => {
  given(repositoryRegistered(), backupRunning(), runLockedOut())
    .when(cancelJob())
    .thenExactly(asked, jobCancelled('job_1', { logBytes: 512, verdict: { rule: 'cancelled-between-attempts', version: 1 } }))
})

test('an archive that was made before the stop makes the cancelled backup a completed one', () => {
  given(repositoryRegistered(), backupRunning(), asked)
    .when(reportRunEnded('job_1', { logBytes: null }))
    .thenTypes('RunEnded', 'StepFinished', 'JobCompleted')
})

test('a finished job is not cancelled, and says how it ended', () => {
  for (const [end, status] of [
    [jobCompleted(), 'completed'],
    [jobFailed(), 'failed'],
    [jobCancelled(), 'cancelled'],
  ] as const)
    given(repositoryRegistered(), backupRunning(), end).when(cancelJob()).thenRefused('AlreadyFinished', { jobId: 'job_1', status })
})

test('a job that is unknown or whose entry is deleted cannot be cancelled', () => {
  scene.when(cancelJob()).thenRefused('JobNotFound', { jobId: 'job_1' })
  given(repositoryRegistered(), backupRequested(), jobCancelled(), { type: 'JobEntryDeleted', jobId: 'job_1' })
    .when(cancelJob())
    .thenRefused('EntryDeleted', { jobId: 'job_1' })
})

const unsafe = [
  ['prune', 2],
  ['compact', 1],
  ['archive-delete', 1],
  ['package-install', 1],
] as const
const safe: ReadonlyArray<JobType> = ['backup', 'restore', 'check', 'restore-check', 'prune']

for (const [type, nth] of unsafe) {
  test(`a ${type} that changes something is stopped half-way only by force; before that it is cancelled like any other`, () => {
    const running = given(repositoryRegistered(), jobRunning(type, 'job_1', nth))
    running.when(cancelJob()).thenRefused('InterruptingIsUnsafe', { jobId: 'job_1' })
    running.when(cancelJob('job_1', { force: true })).thenTypes('CancelRequested')
    given(repositoryRegistered(), jobRequested(type), jobStarted()).when(cancelJob()).thenTypes('CancelRequested', 'JobCancelled')
    given(repositoryRegistered(), jobRequested(type)).when(cancelJob()).thenTypes('CancelRequested', 'JobCancelled')
  })
}

for (const type of safe) {
  test(`a running ${type} may be cancelled without force while its first run is under way`, () => {
    given(repositoryRegistered(), jobRunning(type)).when(cancelJob()).thenTypes('CancelRequested')
  })
}

test('the end of a cancelled job gives its repository to the next', () => {
  given(ownerReady(), repositoryRegistered(), backupRequested('job_0'), jobStarted('job_0'), jobRequested('check'))
    .when(cancelJob('job_0'))
    .thenTypes('CancelRequested', 'JobCancelled', 'JobStarted')
})

test.run()
