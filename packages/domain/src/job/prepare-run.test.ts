import {
  afterFirst,
  backupRequested,
  backupRunning,
  given,
  jobCompleted,
  jobFailed,
  jobStarted,
  preflight,
  prepareRun,
  repositoryRegistered,
  runLockedOut,
  runPrepared,
  runWork,
} from '@borgledger/testkit'
import { test } from 'uvu'

const started = given(repositoryRegistered(), backupRequested(), jobStarted())
const step = { type: 'StepStarted', jobId: 'job_1', step: 'create' } as const

test('a run is begun by recording its intent, with the name that its archive will have', () => {
  started.when(prepareRun()).thenExactly(step, runPrepared())
})

test('an archive is named after the instant of its attempt and by the template of its spec', () => {
  const work = { type: 'backup', spec: { sources: ['/home'], archiveName: 'nightly-{job}' } } as const
  given(repositoryRegistered(), backupRequested('job_1', { work }), jobStarted())
    .when(prepareRun())
    .thenExactly(step, runPrepared('job_1', { work: runWork('create', { archive: 'nightly-job_1', spec: work.spec }) }))
})

test('the next attempt goes on in the same step, under another name', () => {
  given(repositoryRegistered(), backupRunning(), runLockedOut())
    .when(prepareRun('job_1', { runId: 'run_2' }), { at: afterFirst(10_000) })
    .thenExactly(runPrepared('job_1', { runId: 'run_2', attempt: 2, work: runWork('create', { archive: 'laptop-20261103T021310Z-2' }) }))
})

test('a run that has ended is not begun again by a repeated command', () => {
  given(repositoryRegistered(), backupRunning(), runLockedOut()).when(prepareRun()).thenNothing()
})

test('what was seen before the run may fail the job, and it had no effect', () => {
  const failing = [
    [{ executableProblem: 'no borg on the path' }, 'borg-failed', 'no borg on the path'],
    [{ passphraseProblem: 'LAPTOP_PASS is not set' }, 'passphrase-missing', 'LAPTOP_PASS is not set'],
    [{ destinationProblem: '/restored is not a directory' }, 'destination-refused', '/restored is not a directory'],
    [{ missingSources: ['/home', '/etc'] }, 'source-missing', 'not there: /home, /etc'],
  ] as const
  for (const [seen, code, message] of failing)
    started.when(prepareRun('job_1', { preflight: preflight(seen) })).thenExactly({
      type: 'JobFailed',
      jobId: 'job_1',
      error: { code, message },
      warnings: [],
      effect: 'none',
      archive: null,
      logBytes: null,
      verdict: { rule: 'preflight', version: 1 },
    })
})

test('a job that fails before its next attempt keeps the log of those before', () => {
  const error = { code: 'passphrase-missing', message: 'LAPTOP_PASS is not set' } as const
  given(repositoryRegistered(), backupRunning(), runLockedOut())
    .when(prepareRun('job_1', { runId: 'run_2', preflight: preflight({ passphraseProblem: error.message }) }))
    .thenExactly(jobFailed('job_1', { error, logBytes: 512, verdict: { rule: 'preflight', version: 1 } }))
})

test('missing sources are no obstacle to a backup that allows them', () => {
  const work = { type: 'backup', spec: { sources: ['/home'], allowMissingSources: true } } as const
  given(repositoryRegistered(), backupRequested('job_1', { work }), jobStarted())
    .when(prepareRun('job_1', { preflight: preflight({ missingSources: ['/home'] }) }))
    .thenTypes('StepStarted', 'RunPrepared')
})

test('nothing is begun for a job that waits, that has a run, or that is over', () => {
  given(repositoryRegistered(), backupRequested()).when(prepareRun()).thenNothing()
  given(repositoryRegistered(), backupRunning())
    .when(prepareRun('job_1', { runId: 'run_2' }))
    .thenNothing()
  given(repositoryRegistered(), backupRunning(), jobCompleted()).when(prepareRun()).thenNothing()
})

test.run()
