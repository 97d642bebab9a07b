/** Unattended jobs do not stay so for ever: what is proven gone ends, and its claim is free. */
import { evidenceOf, scriptedRunner, workOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, request, requestBackup, type Scene, stateOf, typesOf } from '../fixtures/running-engine.js'
import { watchEveryMs } from './watch.js'

/** A delete outlives its host, and the next one is there. */
const orphanedDelete = async (): Promise<Scene> => {
  const before = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(before)
  await request(before, 'job_1', workOf('archive-delete'))
  await heard(before, 'job_1', 'RunSpawned')
  await before.engine.close(0)
  return openScene({ store: before.store, runner: before.runner, clock: before.clock, ids: before.ids, readModels: before.readModels })
}
const runOf = ({ runner }: Scene): string => [...runner.runs.keys()][0] ?? ''

/** Lets what the clock woke run to its next wait. */
const look = async (scene: Scene): Promise<void> => {
  scene.clock.advance(watchEveryMs)
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('a delete whose process went away is failed at the second look, and the next job starts', async () => {
  const scene = await orphanedDelete()
  await requestBackup(scene, 'job_2')
  await look(scene)
  assert.not((await typesOf(scene, 'job_1')).includes('JobLookedAt'))
  scene.runner.vanish(runOf(scene))
  await look(scene)
  assert.is(stateOf(scene, 'job_1')?.status, 'running')
  assert.ok(stateOf(scene, 'job_1')?.goneSince)
  await look(scene)
  await heard(scene, 'job_1', 'JobFailed')
  await heard(scene, 'job_2', 'JobStarted')
  await scene.engine.close(0)
})

test('one that ended by itself is taken in as it ended', async () => {
  const scene = await orphanedDelete()
  const run = scene.runner.runs.get(runOf(scene))
  assert.ok(run?.isAlive())
  scene.runner.finish(runOf(scene), evidenceOf('delete'))
  await look(scene)
  await heard(scene, 'job_1', 'RunEnded')
  await heard(scene, 'job_1', 'JobCompleted')
  await scene.engine.close(0)
})

test('a closed engine looks no more', async () => {
  const scene = await orphanedDelete()
  await scene.engine.close(0)
  assert.equal(scene.clock.waiting(), [])
})

test.run()
