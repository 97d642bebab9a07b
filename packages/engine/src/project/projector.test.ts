import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, requestBackup } from '../fixtures/running-engine.js'

test('a projection that throws is parked and said; jobs go on, and a rebuild mends it', async () => {
  const scene = await openScene()
  await register(scene)
  scene.readModels.breakFrom(scene.engine.state().position + 1)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'JobCompleted')
  await scene.engine.projector.reached(scene.engine.state().position)
  assert.is(scene.engine.projector.state().parked?.tag, 'ProjectionFailed')
  scene.readModels.mend()
  await scene.engine.projector.rebuild()
  assert.is(scene.engine.projector.state().parked, null)
  const entry = await scene.readModels.job('job_1')()
  assert.is(entry.tag === 'Found' && entry.job.state, 'completed')
  await scene.engine.close(0)
})

test('tables that lack space keep no reader waiting, and catch up when there is some', async () => {
  const scene = await openScene()
  await register(scene)
  const { projector, state } = scene.engine
  scene.readModels.breakFrom(state().position + 1, true)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'JobCompleted')
  await projector.reached(state().position)
  assert.is(projector.state().parked?.passing, true)
  scene.readModels.mend()
  const { apply } = scene.readModels
  const inALaterTurn = (page: Parameters<typeof apply>[0]) => async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return apply(page)()
  }
  Object.assign(scene.readModels, { apply: inALaterTurn })
  await projector.reached(state().position)
  assert.equal(projector.state(), { position: state().position, parked: null })
  const entry = await scene.readModels.job('job_1')()
  assert.is(entry.tag === 'Found' && entry.job.state, 'completed')
  await scene.engine.close(0)
})

test('tables that cannot be emptied are said, and go on as they are', async () => {
  const scene = await openScene()
  await register(scene)
  const { reset } = scene.readModels
  const { projector, state } = scene.engine
  Object.assign(scene.readModels, { reset: () => Promise.reject(new Error('no space')) })
  const said = await projector.rebuild().catch((cause: Error) => cause.message)
  assert.is(said, 'no space')
  Object.assign(scene.readModels, { reset })
  await requestBackup(scene, 'job_1')
  await projector.reached(state().position)
  assert.is((await scene.readModels.job('job_1')()).tag, 'Found')
  await scene.engine.close(0)
})

test('read models that are ahead of the log were made from another one, and are made anew', async () => {
  const other = await openScene()
  await register(other)
  await requestBackup(other, 'job_other')
  await heard(other, 'job_other', 'JobCompleted')
  await other.engine.projector.reached(other.engine.state().position)
  await other.engine.close(0)
  const scene = await openScene({ readModels: other.readModels })
  await register(scene)
  await scene.engine.projector.reached(scene.engine.state().position)
  assert.is((await scene.readModels.job('job_other')()).tag, 'Unknown')
  await scene.engine.close(0)
})

test.run()
