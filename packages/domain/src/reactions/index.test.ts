import { backupRequested, endingDecided, jobCompleted, jobStarted, runEnded, runLockedOut, runPrepared } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventOf } from '../event.js'
import { reactionTo } from './index.js'

const recovered = (decision: EventOf<'JobRecovered'>['decision']): EventOf<'JobRecovered'> => ({
  type: 'JobRecovered',
  jobId: 'job_1',
  traces: { report: 'none', liveness: 'alive' },
  decision,
})

test('a started job is prepared at once, a run that failed for a lock after its pause', () => {
  assert.equal(reactionTo(jobStarted()), { tag: 'PrepareRun', jobId: 'job_1', afterMs: 0 })
  assert.equal(reactionTo(runLockedOut('job_1', 20_000)), { tag: 'PrepareRun', jobId: 'job_1', afterMs: 20_000 })
})

test('a prepared run is started', () => {
  assert.equal(reactionTo(runPrepared()), { tag: 'StartRun', jobId: 'job_1', runId: 'run_1' })
})

test('a job that was asked to stop is stopped', () => {
  const asked = (force: boolean) => ({ type: 'CancelRequested', jobId: 'job_1', reason: 'x', force }) as const
  for (const force of [true, false]) assert.equal(reactionTo(asked(force)), { tag: 'StopRun', jobId: 'job_1', force })
})

test('a recovered run is listened to, stopped first when cleanup says so, and left alone when nobody can see it', () => {
  assert.equal(reactionTo(recovered('follow')), { tag: 'FollowRun', jobId: 'job_1', stop: false })
  assert.equal(reactionTo(recovered('stop')), { tag: 'FollowRun', jobId: 'job_1', stop: true })
  assert.equal(reactionTo(recovered('fail')), { tag: 'FollowRun', jobId: 'job_1', stop: false })
  assert.is(reactionTo(recovered('leave')), null)
  assert.equal(reactionTo(recovered('resume')), { tag: 'ResumeRun', jobId: 'job_1' })
})

test('an ending that was decided has its first post-script prepared', () => {
  assert.equal(reactionTo(endingDecided()), { tag: 'PrepareRun', jobId: 'job_1', afterMs: 0 })
})

test('nothing is to be done for a request, an end, or the last run of a step', () => {
  for (const event of [backupRequested(), jobCompleted(), runEnded()]) assert.is(reactionTo(event), null)
})

test.run()
