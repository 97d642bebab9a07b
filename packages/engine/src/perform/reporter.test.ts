import { type EventStore, inMemoryEventStore } from '@borgledger/eventstore'
import { evidenceOf, scriptedRunner } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, requestBackup, timerSet, typesOf } from '../fixtures/running-engine.js'

/** A store on a disk that can be full, with a reserve that has no end. */
const storeOnDisk = () => {
  const inner = inMemoryEventStore()
  const disk = { full: false, reserve: true }
  const append: EventStore['append'] = (commit) =>
    disk.full && !(disk.reserve && commit.mayUseReserve) ? TE.left({ tag: 'Full', detail: 'test' }) : inner.append(commit)
  return { disk, store: { ...inner, append } }
}

const running = async () => {
  const { disk, store } = storeOnDisk()
  const scene = await openScene({ store, runner: scriptedRunner({ does: 'hang' }) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  const [run] = scene.runner.runs.values()
  if (run === undefined) throw new Error('no run was started')
  return { scene, disk, run }
}

test('on a full disk the end of a run is recorded at once, and a milestone before it does not stand in its way', async () => {
  const { scene, disk, run } = await running()
  disk.full = true
  run.report({ tag: 'Progressed', progress: { percent: 10 }, milestone: true })
  run.finish(evidenceOf('create'), true)
  await heard(scene, 'job_1', 'JobCompleted')
  assert.not((await typesOf(scene, 'job_1')).includes('ProgressRecorded'))
  assert.ok(E.isLeft(await requestBackup(scene, 'job_2')))
  await scene.engine.close(0)
})

test('on a full disk a cancel is recorded, and every rung of its ladder', async () => {
  const { scene, disk } = await running()
  disk.full = true
  const cancel = { type: 'CancelJob', jobId: 'job_1', reason: 'no space', force: false } as const
  assert.ok(E.isRight(await scene.engine.submit({ command: cancel, actor: 'user:anna' })()))
  await heard(scene, 'job_1', 'JobCancelled')
  assert.ok((await typesOf(scene, 'job_1')).includes('SignalSent'))
  await scene.engine.close(0)
})

test('with the reserve used up a report waits, and is recorded once there is space', async () => {
  const { scene, disk, run } = await running()
  Object.assign(disk, { full: true, reserve: false })
  run.finish(evidenceOf('create'), true)
  await timerSet(scene, 250)
  assert.is(scene.engine.reportsWaiting(), 1)
  disk.full = false
  scene.clock.advance(250)
  await heard(scene, 'job_1', 'JobCompleted')
  await scene.engine.close(0)
})

test.run()
