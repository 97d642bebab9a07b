/** A job that could not be started stays pending, says why, and starts by itself; and nobody waits in vain for what cannot be heard. */

import { archiveMade, evidence, scriptedRunner } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { explainJob } from '../audit/index.js'
import { heard, openScene, register, requestBackup, runsStarted, type Scene, stateOf, typesOf } from '../fixtures/running-engine.js'
import type { Readiness } from '../ports/runner.js'

const since = '2026-11-03T02:00:00.000Z'
const failing = (failures: number): Readiness => ({ tag: 'NotReady', failures, since, message: 'ENOMEM' })

/** The owner's events, in order. */
const ownersOwn = async ({ store }: Scene): Promise<ReadonlyArray<string>> => {
  const types: string[] = []
  for await (const page of store.read([{ tags: ['owner:all'] }])) types.push(...page.map(({ type }) => type))
  return types
}

const dispatchIs = async ({ engine }: Scene, open: boolean): Promise<void> => {
  for (let turns = 0; engine.state().owner.dispatching !== open; turns += 1) {
    if (turns > 10_000) throw new Error(`the dispatch never ${open ? 'opened' : 'closed'}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const started = async (readiness: Readiness): Promise<Scene> => {
  const runner = scriptedRunner({ does: 'hang' })
  runner.becomes(readiness)
  const scene = await openScene({ runner })
  await register(scene)
  return scene
}

test('a job asked for while nobody can watch over it stays pending, and starts by itself once somebody can', async () => {
  const scene = await started(failing(1))
  await requestBackup(scene, 'job_1')
  assert.equal(await typesOf(scene, 'job_1'), ['JobRequested'])
  assert.is(stateOf(scene, 'job_1')?.status, 'pending')
  scene.runner.becomes({ tag: 'Ready' })
  await runsStarted(scene, 1)
  await heard(scene, 'job_1', 'JobStarted')
  assert.equal(await ownersOwn(scene), ['OwnerStarted', 'DispatchOpened'])
  await scene.engine.close(0)
})

test('a worker that is lost closes the dispatch with the reason, once; what runs goes on', async () => {
  const scene = await started({ tag: 'Ready' })
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  scene.runner.becomes(failing(1))
  await dispatchIs(scene, false)
  for (const failures of [2, 3]) scene.runner.becomes(failing(failures))
  await requestBackup(scene, 'job_2')
  assert.is(stateOf(scene, 'job_2')?.status, 'pending')
  assert.is(stateOf(scene, 'job_1')?.status, 'running')
  scene.runner.becomes({ tag: 'Ready' })
  await dispatchIs(scene, true)
  assert.equal(await ownersOwn(scene), ['OwnerStarted', 'DispatchOpened', 'DispatchClosed', 'DispatchOpened'])
  await scene.engine.close(0)
})

test('a job that waited for it says so when it is explained, and one that did not does not', async () => {
  const scene = await started({ tag: 'Ready' })
  await requestBackup(scene, 'job_1')
  scene.runner.becomes(failing(1))
  await dispatchIs(scene, false)
  await requestBackup(scene, 'job_2')
  scene.runner.becomes({ tag: 'Ready' })
  await dispatchIs(scene, true)
  const saidOf = async (jobId: string) => (await explainJob(scene.store, jobId)).map(({ sentence }) => sentence).join('\n')
  assert.match(await saidOf('job_2'), /^No further job starts: nobody can watch over a run: ENOMEM\.\n.*\n.*: jobs may start\./)
  assert.not.match(await saidOf('job_1'), 'ENOMEM')
  await scene.engine.close(0)
})

test('a waiting job is cancelled at once', async () => {
  const scene = await started(failing(1))
  await requestBackup(scene, 'job_1')
  const command = { type: 'CancelJob', jobId: 'job_1', reason: 'not today', force: false } as const
  assert.ok(E.isRight(await scene.engine.submit({ command, actor: 'user:anna' })()))
  assert.equal(await typesOf(scene, 'job_1'), ['JobRequested', 'CancelRequested', 'JobCancelled'])
  await scene.engine.close(Number.MAX_SAFE_INTEGER)
})

test('it is a trouble from the third failure on, and none once there is a worker', async () => {
  const scene = await started(failing(2))
  assert.is(scene.engine.runnerTrouble(), null)
  scene.runner.becomes(failing(3))
  assert.equal(scene.engine.runnerTrouble(), { failures: 3, since, message: 'ENOMEM' })
  scene.runner.becomes({ tag: 'Ready' })
  assert.is(scene.engine.runnerTrouble(), null)
  await scene.engine.close(0)
})

test('a host that drains does not wait for ends that nobody would hear', async () => {
  const scene = await started({ tag: 'Ready' })
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  const closed = scene.engine.close(Number.MAX_SAFE_INTEGER)
  await dispatchIs(scene, false)
  scene.runner.becomes(failing(3))
  await closed
  assert.is(stateOf(scene, 'job_1')?.status, 'running')
})

test('a dispatch that is closed for the end stays closed, whatever the runner says', async () => {
  const scene = await started({ tag: 'Ready' })
  await requestBackup(scene, 'job_1')
  await heard(scene, 'job_1', 'RunSpawned')
  const closed = scene.engine.close(Number.MAX_SAFE_INTEGER)
  await dispatchIs(scene, false)
  for (const readiness of [failing(1), { tag: 'Ready' } as const]) scene.runner.becomes(readiness)
  scene.runner.finish([...scene.runner.runs.keys()][0] ?? '', evidence({ archive: archiveMade() }))
  await closed
  assert.equal(await ownersOwn(scene), ['OwnerStarted', 'DispatchOpened', 'DispatchClosed'])
})

test.run()
