/** A backup with post-scripts through the whole loop: a cancel lets them go on, a force ends one, and an owner that takes over goes on. */
import type { Command } from '@borgledger/domain'
import { evidenceOf, scriptAdded, scriptedRunner } from '@borgledger/testkit'
import { filter, firstValueFrom, NEVER } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, request, runsStarted, type Scene, typesOf } from './fixtures/running-engine.js'
import type { RunRequest } from './ports/runner.js'

const post = { id: 'start-db', phase: 'post' } as const
const backup = { type: 'backup', spec: { sources: ['/home'], scripts: [post, post] } } as const

const submit = ({ engine }: Scene, command: Command) => engine.submit({ command, actor: 'user:anna' })()
const cancel = (scene: Scene, force: boolean) => submit(scene, { type: 'CancelJob', jobId: 'job_1', reason: 'enough', force })
const addScript = (scene: Scene) => {
  const { type: _, ...script } = scriptAdded('start-db')
  return submit(scene, { type: 'AddScript', ...script })
}
const runsOf = ({ runner }: Scene) => [...runner.runs.values()]

test('a cancel sends no signal to a post-script; a force sends it to its group, and the next one runs', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'succeed' }, { does: 'hang' }, { does: 'succeed' }) })
  await register(scene)
  await addScript(scene)
  await request(scene, 'job_1', backup)
  await runsStarted(scene, 2)
  await cancel(scene, false)
  assert.equal(runsOf(scene)[1]?.signals, [])
  await cancel(scene, true)
  assert.equal(runsOf(scene)[1]?.signals, [{ rung: 1, signal: 'SIGTERM', target: 'group' }])
  await heard(scene, 'job_1', 'JobCompleted')
  assert.equal(
    runsOf(scene).map(({ request: { work } }) => work.kind),
    ['create', 'script', 'script'],
  )
  await scene.engine.close(0)
})

test('a post-script that was prepared when its owner ended, and never started, is started by the next one, once', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'succeed' }) })
  const { run, follow } = scene.runner
  // The owner ends between the intent and the process: the second run is never started.
  const runner = { ...scene.runner, run: (asked: RunRequest) => (asked.work.kind === 'script' ? NEVER : run(asked)) }
  await scene.engine.close(0)
  const dying = await openScene({ ...scene, runner })
  await register(dying)
  await addScript(dying)
  await request(dying, 'job_1', backup)
  await firstValueFrom(dying.engine.committed$.pipe(filter(({ event }) => event.type === 'RunPrepared' && event.work.kind === 'script')))
  await dying.engine.close(0)
  assert.is(runsOf(scene).length, 1)
  const next = await openScene({ ...scene, runner: { ...scene.runner, run, follow } })
  await heard(next, 'job_1', 'JobCompleted')
  assert.equal(
    runsOf(scene).map(({ request: { work } }) => work.kind),
    ['create', 'script', 'script'],
  )
  const types = await typesOf(next, 'job_1')
  assert.is(types.filter((type) => type === 'RunPrepared').length, 3)
  await next.engine.close(0)
})

test('an owner that takes over hears of the end of a post-script that ended meanwhile, and runs the next one', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'succeed' }, { does: 'hang' }, { does: 'succeed' }) })
  await register(scene)
  await addScript(scene)
  await request(scene, 'job_1', backup)
  await runsStarted(scene, 2)
  await heard(scene, 'job_1', 'EndingDecided')
  await scene.engine.close(0)
  const [, hanging] = runsOf(scene)
  assert.ok(hanging)
  scene.runner.finish(hanging.request.runId, evidenceOf('script'))
  const next = await openScene({ store: scene.store, runner: scene.runner, ids: scene.ids, readModels: scene.readModels })
  await heard(next, 'job_1', 'JobCompleted')
  const types = await typesOf(next, 'job_1')
  assert.is(types.filter((type) => type === 'RunPrepared').length, 3)
  assert.is(next.runner.runs.size, 3, 'each run was started once')
  await next.engine.close(0)
})

test.run()
