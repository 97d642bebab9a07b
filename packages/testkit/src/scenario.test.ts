import { AssertionError } from 'node:assert'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  afterFirst,
  backupRequested,
  cancelJob,
  given,
  jobCancelled,
  jobStarted,
  ownerReady,
  prepareRun,
  repositoryRegistered,
  runPrepared,
  runWork,
} from './index.js'

const scene = given(ownerReady(), repositoryRegistered())
const pending = given(repositoryRegistered(), backupRequested())

test('a decision that is as said passes', () => {
  pending.when(cancelJob()).thenExactly({ type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }, jobCancelled())
  pending.when(cancelJob()).thenTypes('CancelRequested', 'JobCancelled')
  scene.when(cancelJob('job_9')).thenRefused('JobNotFound')
  scene.when(cancelJob('job_9')).thenRefused('JobNotFound', { jobId: 'job_9' })
  scene.when({ type: 'OpenDispatch' }).thenNothing()
})

test('a decision that is otherwise throws with the difference', () => {
  const thrown = (then: () => void): string => {
    try {
      then()
    } catch (error) {
      assert.instance(error, AssertionError)
      return String((error as AssertionError).message)
    }
    return 'nothing was thrown'
  }
  assert.match(
    thrown(() => pending.when(cancelJob()).thenExactly(jobCancelled())),
    'CancelRequested',
  )
  assert.match(
    thrown(() => pending.when(cancelJob()).thenNothing()),
    'JobCancelled',
  )
  assert.match(
    thrown(() => pending.when(cancelJob()).thenRefused('AlreadyFinished')),
    'CancelRequested',
  )
  assert.match(
    thrown(() => scene.when(cancelJob()).thenTypes('JobCancelled')),
    'JobNotFound',
  )
  assert.match(
    thrown(() => scene.when(cancelJob()).thenRefused('JobRunning')),
    'JobNotFound',
  )
  assert.match(
    thrown(() => scene.when(cancelJob()).thenRefused('JobNotFound', { jobId: 'job_9' })),
    'job_9',
  )
})

test('a command that is recorded each time breaks the law unless it says so', () => {
  const start = { type: 'StartOwner', host: 'host-b', software: '0.1.0', rules: 1 } as const
  assert.throws(() => scene.when(start).thenTypes('OwnerStarted'), /StartOwner, decided again, is not already so/)
  scene.whenEachTime(start).thenTypes('OwnerStarted')
})

test('facts are recorded at their instants', () => {
  given(repositoryRegistered(), backupRequested())
    .later(afterFirst(60_000), jobStarted())
    .when(prepareRun())
    .thenExactly(
      { type: 'StepStarted', jobId: 'job_1', step: 'create' },
      runPrepared('job_1', { work: runWork('create', { archive: 'laptop-20261103T021400Z' }) }),
    )
})

test('a command about a finished job is decided on the job folded from its own events', () => {
  given(repositoryRegistered(), backupRequested(), jobCancelled()).when(cancelJob()).thenRefused('AlreadyFinished')
})

test.run()
