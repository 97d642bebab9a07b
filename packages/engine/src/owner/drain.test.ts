import type { Settings } from '@borgledger/domain'
import { archiveMade, evidence, scriptedRunner } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, requestBackup, type Scene, stateOf, typesOf } from '../fixtures/running-engine.js'

/** A backup is running when the host, whose settings say so, is told to end. */
const endingIn = async (shutdown: Settings['shutdown']): Promise<Scene> => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await scene.engine.submit({ command: { type: 'ChangeSettings', changes: { shutdown } }, actor: 'user:anna' })()
  await register(scene)
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  return scene
}
const runOf = (scene: Scene): string => [...scene.runner.runs.keys()][0] ?? ''
const forEver = Number.MAX_SAFE_INTEGER

test('a host that drains ends when its jobs have ended', async () => {
  const scene = await endingIn('drain')
  const closed = scene.engine.close(forEver)
  scene.runner.finish(runOf(scene), evidence())
  await closed
  assert.ok((await typesOf(scene, 'job_1')).includes('JobCompleted'))
})

test('a host that interrupts asks its jobs to stop, and ends when they have', async () => {
  const scene = await endingIn('interrupt')
  await scene.engine.close(forEver)
  assert.ok((await typesOf(scene, 'job_1')).includes('JobCancelled'))
  assert.not(scene.runner.runs.get(runOf(scene))?.isAlive())
})

test('a host that detaches leaves its jobs running, and the next one follows them although its policy is to stop them', async () => {
  const before = await endingIn('detach')
  await before.engine.close(forEver)
  assert.ok(before.runner.runs.get(runOf(before))?.isAlive())
  const after = await openScene(before)
  assert.is(stateOf(after, 'job_1')?.recovery, 'follow')
  after.runner.finish(runOf(after), evidence({ archive: archiveMade() }))
  await heard(after, 'job_1', 'JobCompleted')
  await after.engine.close(0)
})

test('a job that nobody can see keeps no host from ending', async () => {
  const before = await endingIn('detach')
  await before.engine.close(0)
  before.runner.hide(runOf(before))
  const after = await openScene(before)
  await after.engine.submit({ command: { type: 'ChangeSettings', changes: { shutdown: 'drain' } }, actor: 'user:anna' })()
  await after.engine.close(forEver)
  assert.is(stateOf(after, 'job_1')?.recovery, 'leave')
})

test.run()
