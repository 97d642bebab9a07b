import { inMemoryEventStore } from '@borgledger/eventstore'
import { evidence, scriptedRunner } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, requestBackup, runsStarted, stateOf, timerSet, typesOf } from './fixtures/running-engine.js'

test('a backup goes from its request through one run to its end, and every step is in the log', async () => {
  const scene = await openScene()
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'JobCompleted')
  assert.equal(await typesOf(scene, 'job_1'), [
    'JobRequested',
    'JobStarted',
    'StepStarted',
    'RunPrepared',
    'RunSpawned',
    'RunEnded',
    'StepFinished',
    'JobCompleted',
  ])
  await scene.engine.close(0)
})

test('the intent is in the log before the process is started', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(scene)
  let atStart: ReadonlyArray<string> = []
  scene.runner.started$.subscribe(() => {
    atStart = [...scene.engine.state().jobs.values()].map((job) => job.run?.runId ?? 'none')
  })
  await requestBackup(scene, 'job_1')
  await runsStarted(scene, 1)
  assert.equal(atStart, [...scene.runner.runs.keys()])
  await scene.engine.close(0)
})

test('a look before a run that fails ends the job with its reason, rather than leave it waiting', async () => {
  const runner = { ...scriptedRunner(), preflight: () => () => Promise.reject(new Error('no more file handles')) }
  const scene = await openScene({ runner })
  await register(scene)
  await requestBackup(scene, 'job_1')
  const failed = await heard(scene, 'job_1', 'JobFailed')
  assert.match(failed.type === 'JobFailed' ? failed.error.message : '', /no more file handles/)
  await scene.engine.close(0)
})

test('a second backup of the repository waits and starts by itself when the first has ended', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang' }, { does: 'succeed' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await requestBackup(scene, 'job_2')
  await runsStarted(scene, 1)
  assert.is(stateOf(scene, 'job_2')?.status, 'pending')
  const [first = ''] = scene.runner.runs.keys()
  scene.runner.finish(first, evidence())
  await heard(scene, 'job_2', 'JobCompleted')
  assert.is(scene.runner.runs.size, 2)
  await scene.engine.close(0)
})

test('a cancel climbs the ladder of the type, and the job is cancelled when its process is gone', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang', heedsRung: 2 }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  await scene.engine.submit({ command: { type: 'CancelJob', jobId: 'job_1', reason: 'wrong disk', force: false }, actor: 'user:anna' })()
  await heard(scene, 'job_1', 'JobCancelled')
  const types = await typesOf(scene, 'job_1')
  assert.equal(
    types.filter((type) => type === 'SignalSent' || type === 'JobCancelled'),
    ['SignalSent', 'SignalSent', 'JobCancelled'],
  )
  await scene.engine.close(0)
})

test('a lock of somebody else is waited for inside the running job, with back-off', async () => {
  const lockedOut = { exit: { code: 2, signal: null }, lastError: { msgid: 'LockTimeout', message: 'locked' } } as const
  const scene = await openScene({ runner: scriptedRunner({ does: 'fail', ...lockedOut }, { does: 'succeed' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunEnded')
  assert.is(stateOf(scene, 'job_1')?.status, 'running')
  scene.clock.advance(9_999)
  assert.is(scene.runner.runs.size, 1)
  scene.clock.advance(1)
  await heard(scene, 'job_1', 'JobCompleted')
  assert.is(scene.runner.runs.size, 2)
  await scene.engine.close(0)
})

test('a cancel while a locked repository is waited for ends the job at once', async () => {
  const lockedOut = { exit: { code: 2, signal: null }, lastError: { msgid: 'LockTimeout', message: 'locked' } } as const
  const scene = await openScene({ runner: scriptedRunner({ does: 'fail', ...lockedOut }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunEnded')
  await scene.engine.submit({ command: { type: 'CancelJob', jobId: 'job_1', reason: 'never mind', force: false }, actor: 'user:anna' })()
  await heard(scene, 'job_1', 'JobCancelled')
  scene.clock.advance(600_000)
  assert.is(scene.runner.runs.size, 1)
  await scene.engine.close(0)
})

test('a telling that breaks off is taken up again, and the job ends as its process did', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'lose-worker' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await runsStarted(scene, 1)
  const [runId = ''] = scene.runner.runs.keys()
  await timerSet(scene, 1_000)
  scene.clock.advance(1_000)
  scene.runner.finish(runId, evidence())
  await heard(scene, 'job_1', 'JobCompleted')
  await scene.engine.close(0)
})

test('milestones of progress are stored, the rest is only shown', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  const [run] = scene.runner.runs.values()
  run?.report({ tag: 'Progressed', progress: { percent: null, files: 1 }, milestone: false })
  assert.equal(scene.engine.live.of('job_1'), { percent: null, files: 1 })
  run?.report({ tag: 'Progressed', progress: { percent: null, files: 2 }, milestone: true })
  const stored = await heard(scene, 'job_1', 'ProgressRecorded')
  assert.equal('progress' in stored && stored.progress, { percent: null, files: 2 })
  await scene.engine.close(0)
})

test('closing starts nothing more, waits for what runs, and gives up after the time given', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await runsStarted(scene, 1)
  const closed = scene.engine.close(60_000)
  await scene.store.head()
  const late = await requestBackup(scene, 'job_2')
  assert.ok(E.isRight(late))
  assert.is(stateOf(scene, 'job_2')?.status, 'pending')
  await timerSet(scene, 60_000)
  scene.clock.advance(60_000)
  await closed
  assert.is(stateOf(scene, 'job_1')?.status, 'running')
})

test('a log with an event that cannot be read is refused by its position, and nothing is started', async () => {
  const store = inMemoryEventStore()
  const event = { id: 'e1', type: 'JobStarted', version: 1, tags: [], data: { jobId: 7 } } as const
  const circumstances = { at: '2026-11-03T02:00:00.000Z', actor: 'user:anna', correlationId: 'c1', causationId: null }
  await store.append({ commitId: 'c1', ...circumstances, command: {}, events: [event] })()
  const failed = await openScene({ store }).catch((error: Error) => error)
  assert.match((failed as Error).message, /Corrupt.*position.*1/)
})

test.run()
