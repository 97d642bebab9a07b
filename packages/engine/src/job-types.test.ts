import type { JobType } from '@borgledger/domain'
import { workOf } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, request, requestBackup } from './fixtures/running-engine.js'

const types: ReadonlyArray<JobType> = ['restore', 'check', 'compact', 'restore-check']
for (const type of types) {
  test(`a ${type} goes through its one run to its end`, async () => {
    const scene = await openScene()
    await register(scene)
    await request(scene, 'job_1', workOf(type))
    await heard(scene, 'job_1', 'JobCompleted')
    assert.is(scene.runner.runs.size, 1)
    await scene.engine.close(0)
  })
}

test('a prune plans first, and deletes what it planned in a second run', async () => {
  const scene = await openScene()
  await register(scene)
  for (const jobId of ['job_1', 'job_2']) {
    scene.clock.advance(1_000)
    await requestBackup(scene, jobId)
    await heard(scene, jobId, 'JobCompleted')
  }
  const archives = async () => scene.runner.archives({ location: '/backups/laptop', passphrase: null, executable: null })()
  assert.equal(E.map((all: ReadonlyArray<unknown>) => all.length)(await archives()), E.right(2))
  await request(scene, 'job_3', workOf('prune'))
  await heard(scene, 'job_3', 'JobCompleted')
  assert.equal(
    [...scene.runner.runs.values()].slice(-2).map((run) => run.request.work.kind),
    ['prune-plan', 'prune'],
  )
  assert.equal(E.map((all: ReadonlyArray<unknown>) => all.length)(await archives()), E.right(1))
  await scene.engine.close(0)
})

test('a backup that prunes and compacts waits for both, each a job of its own', async () => {
  const scene = await openScene()
  await register(scene)
  const spec = { sources: ['/home'], prune: { keep: { last: 1 } }, compact: true } as const
  for (const jobId of ['job_1', 'job_2']) {
    scene.clock.advance(1_000)
    await request(scene, jobId, { type: 'backup', spec })
    await heard(scene, jobId, 'JobCompleted')
  }
  const kinds = [...scene.runner.runs.values()].map((run) => run.request.work.kind)
  assert.equal(kinds, ['create', 'prune-plan', 'compact', 'create', 'prune-plan', 'prune', 'compact'])
  await scene.engine.projector.reached(scene.engine.state().position)
  const entry = await scene.readModels.job('job_2')()
  assert.equal(entry.tag === 'Found' && [entry.job.maintenance, entry.job.childJobIds, entry.job.outcome], [
    'compact_completed',
    ['job_2-prune', 'job_2-compact'],
    'success',
  ])
  await scene.engine.close(0)
})

test.run()
