import { archiveMade, type Behaviour, evidence, evidenceOf, scriptedRunner, workOf } from '@borgledger/testkit'
import { NEVER } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  heard,
  openScene,
  register,
  request,
  requestBackup,
  runsStarted,
  type Scene,
  stateOf,
  typesOf,
} from '../fixtures/running-engine.js'

/** A host dies in the middle of a backup: its engine hears nothing any more, the log and the process live on. */
const crashed = async (behaviour: Behaviour): Promise<Scene> => {
  const scene = await openScene({ runner: scriptedRunner(behaviour) })
  await register(scene)
  await requestBackup(scene, 'job_1')
  await runsStarted(scene, 1)
  await heard(scene, 'job_1', 'RunSpawned')
  await scene.engine.close(0)
  return scene
}
const restart = ({ store, runner, clock, ids, readModels }: Scene): Promise<Scene> => openScene({ store, runner, clock, ids, readModels })
const runOf = (scene: Scene): string => [...scene.runner.runs.keys()][0] ?? ''
const endOf = async (scene: Scene, type: 'JobFailed' | 'JobCompleted' | 'JobCancelled') => heard(scene, 'job_1', type)

test('a living backup is stopped by its ladder and failed as interrupted, which is the default', async () => {
  const after = await restart(await crashed({ does: 'hang' }))
  const failed = await endOf(after, 'JobFailed')
  assert.is(failed.type === 'JobFailed' && failed.error.code, 'interrupted-by-restart')
  assert.ok((await typesOf(after, 'job_1')).includes('SignalSent'))
  assert.not(after.runner.runs.get(runOf(after))?.isAlive())
  await after.engine.close(0)
})

test('with the policy to adopt, a living backup goes on and is followed to its end', async () => {
  const before = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await before.engine.submit({ command: { type: 'ChangeSettings', changes: { recovery: 'adopt' } }, actor: 'user:anna' })()
  await register(before)
  await requestBackup(before, 'job_1')
  await heard(before, 'job_1', 'RunSpawned')
  await before.engine.close(0)
  const after = await restart(before)
  assert.ok(after.runner.runs.get(runOf(after))?.isAlive())
  after.runner.finish(runOf(after), evidence({ archive: archiveMade() }))
  await endOf(after, 'JobCompleted')
  assert.is(after.runner.runs.size, 1)
  await after.engine.close(0)
})

test('a run that ended while nobody listened is taken in as it ended, before anything is dispatched', async () => {
  const before = await crashed({ does: 'hang' })
  before.runner.finish(runOf(before), evidence({ archive: archiveMade() }))
  const after = await restart(before)
  await endOf(after, 'JobCompleted')
  const types: string[] = []
  for await (const page of after.store.read('all')) types.push(...page.map((event) => event.type))
  assert.ok(types.lastIndexOf('DispatchOpened') > types.indexOf('JobCompleted'))
  await after.engine.close(0)
})

test('a run that is gone without a report is failed, and its effect is what the repository shows', async () => {
  const before = await crashed({ does: 'hang' })
  before.runner.vanish(runOf(before))
  const after = await restart(before)
  const failed = await endOf(after, 'JobFailed')
  assert.equal(failed.type === 'JobFailed' && [failed.error.code, failed.effect], ['interrupted-by-restart', 'none'])
  await after.engine.close(0)
})

test('a run that cannot be seen keeps its claim and is shown as unattended', async () => {
  const before = await crashed({ does: 'hang' })
  before.runner.hide(runOf(before))
  const after = await restart(before)
  await requestBackup(after, 'job_2')
  assert.is(after.engine.state().jobs.get('job_1')?.recovery, 'leave')
  assert.is(after.engine.state().jobs.get('job_2')?.status, 'pending')
  await after.engine.projector.reached(after.engine.state().position)
  const entry = await after.readModels.job('job_1')()
  assert.is(entry.tag === 'Found' && entry.job.unattended, true)
  await after.engine.close(0)
})

test('a host that died before its process was started fails the job without an effect', async () => {
  const before = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(before)
  await before.engine.close(0)
  const access = { missingSources: [], passphraseProblem: null, executableProblem: null, destinationProblem: null }
  const blind = { ...scriptedRunner(), preflight: () => () => new Promise<never>(() => undefined), run: () => NEVER }
  const idle = await openScene({ ...before, runner: blind })
  await requestBackup(idle, 'job_1')
  await idle.engine.submit({
    command: { type: 'PrepareRun', jobId: 'job_1', runId: 'run_lost', preflight: access },
    actor: 'system:runner',
  })()
  await idle.engine.close(0)
  const after = await openScene({ ...before, store: idle.store, runner: scriptedRunner() })
  const failed = await endOf(after, 'JobFailed')
  assert.equal(failed.type === 'JobFailed' && [failed.error.code, failed.effect], ['interrupted-by-restart', 'none'])
  assert.is(after.runner.runs.size, 0)
  await after.engine.close(0)
})

test('a plan that ended while nobody listened is taken in, and its prune is not waited for', async () => {
  const before = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(before)
  await request(before, 'job_1', workOf('prune'))
  await heard(before, 'job_1', 'RunSpawned')
  await before.engine.close(0)
  before.runner.finish(runOf(before), evidenceOf('prune-plan'))
  const after = await restart(before)
  await runsStarted(after, 2)
  assert.equal(
    [...after.runner.runs.values()].map((run) => run.isAlive()),
    [false, true],
  )
  await after.engine.close(0)
})

test('a backup whose prune is gone fails with it, and neither is waited for in vain', async () => {
  const before = await openScene({ runner: scriptedRunner({ does: 'succeed' }, { does: 'hang' }) })
  await register(before)
  await request(before, 'job_1', { type: 'backup', spec: { sources: ['/home'], prune: { keep: { last: 1 } } } })
  await heard(before, 'job_1-prune', 'RunSpawned')
  await before.engine.close(0)
  before.runner.vanish([...before.runner.runs.keys()][1] ?? '')
  const after = await restart(before)
  const failed = await endOf(after, 'JobFailed')
  assert.equal(failed.type === 'JobFailed' && [failed.error.code, failed.effect], ['interrupted-by-restart', 'complete'])
  assert.is(after.engine.state().jobs.size, 0)
  await after.engine.close(0)
})

test('a delete whose process is gone is shown as unattended, and the start does not wait for it', async () => {
  const before = await openScene({ runner: scriptedRunner({ does: 'hang' }) })
  await register(before)
  await request(before, 'job_1', workOf('archive-delete'))
  await heard(before, 'job_1', 'RunSpawned')
  await before.engine.close(0)
  before.runner.vanish(runOf(before))
  const after = await restart(before)
  assert.equal([stateOf(after, 'job_1')?.status, stateOf(after, 'job_1')?.recovery], ['running', 'leave'])
  assert.ok(after.engine.state().owner.dispatching)
  await after.engine.close(0)
})

test('a run that cannot even be looked at is unattended, and keeps nobody from starting', async () => {
  const before = await crashed({ does: 'hang' })
  const blind = { ...before.runner, inspect: () => () => Promise.reject(new Error('no such file system')) }
  const after = await openScene({ ...before, runner: blind })
  assert.is(after.engine.state().jobs.get('job_1')?.recovery, 'leave')
  await after.engine.close(0)
})

test('starting again over a clean log recovers nothing', async () => {
  const before = await openScene()
  await register(before)
  await requestBackup(before, 'job_1')
  await endOf(before, 'JobCompleted')
  await before.engine.close(0)
  const after = await restart(before)
  assert.not((await typesOf(after, 'job_1')).includes('JobRecovered'))
  await after.engine.close(0)
})

test('an owner that comes for a look recovers nothing, starts nothing and leaves no trace', async () => {
  const before = await crashed({ does: 'hang' })
  await requestBackup(before, 'job_2')
  const head = (await before.store.head()) as { readonly right: { readonly position: number } }
  const looking = await openScene({ ...before, runsJobs: false })
  await looking.engine.projector.reached(head.right.position)
  assert.is((await looking.readModels.job('job_1')()).tag, 'Found')
  await looking.engine.close(60_000)
  assert.equal(await before.store.head(), head)
  assert.ok(before.runner.runs.get(runOf(before))?.isAlive())
})

test('what such an owner is told to record is recorded after its own start, and still nothing is started', async () => {
  const before = await openScene()
  await register(before)
  const looking = await openScene({ ...before, runsJobs: false })
  await requestBackup(looking, 'job_1')
  assert.is(looking.engine.state().jobs.get('job_1')?.status, 'pending')
  await looking.engine.close(0)
  await before.engine.close(0)
})

test.run()
