import type { Settings } from '@borgledger/domain'
import { type Behaviour, evidence, scriptedRunner } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type MemoryLogs, memoryLogs, writingLogs } from '../fixtures/memory-logs.js'
import { heard, openScene, register, requestBackup, runsStarted, type Scene, typesOf } from '../fixtures/running-engine.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

interface LogScene extends Scene {
  readonly logs: MemoryLogs
}

/** An engine whose runs write logs of a hundred bytes each. */
const openWith = async (settings: Partial<Settings>, ...behaviours: ReadonlyArray<Behaviour>): Promise<LogScene> => {
  const logs = memoryLogs()
  const scene = await openScene({ logs, runner: writingLogs(scriptedRunner(...behaviours), logs, 100) })
  await scene.engine.submit({ command: { type: 'ChangeSettings', changes: settings }, actor: 'user:anna' })()
  await register(scene)
  return { ...scene, logs }
}

const finishJob = async (scene: Scene, jobId: string): Promise<void> => {
  await requestBackup(scene, jobId)
  await heard(scene, jobId, 'JobCompleted')
}
const deleteEntry = (scene: Scene, jobId: string) =>
  scene.engine.submit({ command: { type: 'DeleteJobEntry', jobId }, actor: 'user:anna' })()
const leftIn = ({ logs }: LogScene): ReadonlyArray<string> => [...logs.files.keys()]
const removals = async (scene: Scene, jobId: string) => (await typesOf(scene, jobId)).filter((type) => type.startsWith('Log'))
/** Housekeeping is over once a log that it removes last is gone; where none is, once the next timer is set and the work before it is done. */
const anHourLater = async (scene: Scene, ms = hourMs): Promise<void> => {
  scene.clock.advance(ms)
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('the log of a plain success goes with its end: decided in that commit, removed, and recorded', async () => {
  const scene = await openWith({})
  await finishJob(scene, 'job_1')
  const removed = await heard(scene, 'job_1', 'LogRemoved')
  assert.is('reason' in removed && removed.reason, 'policy')
  assert.equal(leftIn(scene), [])
  assert.equal((await typesOf(scene, 'job_1')).slice(-3), ['JobCompleted', 'LogRemovalDecided', 'LogRemoved'])
  await scene.engine.close(0)
})

test('the log of a job that failed stays', async () => {
  const scene = await openWith({}, { does: 'fail' }, { does: 'succeed' })
  await requestBackup(scene, 'job_1')
  await finishJob(scene, 'job_2')
  await heard(scene, 'job_2', 'LogRemoved')
  assert.equal(leftIn(scene), ['job_1'])
  assert.equal(await removals(scene, 'job_1'), [])
  await scene.engine.close(0)
})

test('the log of a job goes with its entry, and the events say so', async () => {
  const scene = await openWith({ logSavePolicy: 'all' })
  await finishJob(scene, 'job_1')
  await finishJob(scene, 'job_2')
  await deleteEntry(scene, 'job_1')
  const removed = await heard(scene, 'job_1', 'LogRemoved')
  assert.is('reason' in removed && removed.reason, 'entry-deleted')
  assert.equal(leftIn(scene), ['job_2'])
  await scene.engine.close(0)
})

test('a log that cannot be removed keeps no entry, is told of, and is tried again in an hour', async () => {
  const scene = await openWith({ logSavePolicy: 'all' })
  await finishJob(scene, 'job_1')
  scene.logs.stuck.add('job_1')
  await deleteEntry(scene, 'job_1')
  await anHourLater(scene, 0)
  assert.equal([...scene.engine.logsLeft()], [['job_1', 'the disk refuses']])
  scene.logs.stuck.clear()
  scene.clock.advance(hourMs - 1)
  assert.equal(leftIn(scene), ['job_1'])
  scene.clock.advance(1)
  await heard(scene, 'job_1', 'LogRemoved')
  assert.equal(leftIn(scene), [])
  assert.is(scene.engine.logsLeft().size, 0)
  await scene.engine.close(0)
})

test('what an owner decided and could not do is done by the next one, whatever it keeps house at', async () => {
  const before = await openWith({ logCleanupOnStart: false })
  before.logs.stuck.add('job_1')
  await finishJob(before, 'job_1')
  await before.engine.close(0)
  before.logs.stuck.clear()
  const after = await openScene(before)
  await heard(after, 'job_1', 'LogRemoved')
  assert.equal(leftIn(before), [])
  await after.engine.close(0)
})

test('a log is removed when it is older than it is kept, and not before', async () => {
  const scene = await openWith({ logSavePolicy: 'all', logRetentionDays: 2 })
  await finishJob(scene, 'job_1')
  await anHourLater(scene, 2 * dayMs)
  assert.equal(leftIn(scene), ['job_1'], 'of exactly two days')
  await anHourLater(scene)
  const removed = await heard(scene, 'job_1', 'LogRemoved')
  assert.is('reason' in removed && removed.reason, 'age')
  assert.equal(leftIn(scene), [])
  await scene.engine.close(0)
})

test('over the cap the oldest go, until the rest fits; the log of a running job counts, and stays', async () => {
  const scene = await openWith(
    { logSavePolicy: 'all', logMaxTotalBytes: 300 },
    ...Array.from({ length: 4 }, () => ({ does: 'succeed' }) as const),
    { does: 'hang' },
  )
  for (const jobId of ['job_4', 'job_3', 'job_2', 'job_1']) {
    await finishJob(scene, jobId)
    scene.clock.advance(1)
  }
  await requestBackup(scene, 'job_0')
  await runsStarted(scene, 5)
  await anHourLater(scene)
  assert.equal(leftIn(scene), ['job_2', 'job_1', 'job_0'])
  assert.equal(await removals(scene, 'job_4'), ['LogRemovalDecided', 'LogRemoved'])
  scene.runner.finish([...scene.runner.runs.keys()][4] ?? '', evidence())
  await heard(scene, 'job_0', 'JobCompleted')
  await scene.engine.close(0)
})

test('more logs than a page are all found', async () => {
  const scene = await openWith({ logSavePolicy: 'all', logMaxTotalBytes: 0, logCleanupOnStart: false })
  for (let job = 0; job < 105; job += 1) await finishJob(scene, `job_${job}`)
  scene.clock.advance(hourMs)
  await heard(scene, 'job_99', 'LogRemoved')
  assert.equal(leftIn(scene), [])
  await scene.engine.close(0)
})

test('house is kept at the start, unless the settings say otherwise', async () => {
  const before = await openWith({ logSavePolicy: 'all', logMaxTotalBytes: 0, logCleanupOnStart: false })
  await finishJob(before, 'job_1')
  await before.engine.close(0)
  const lazy = await openScene(before)
  await anHourLater(lazy, 0)
  assert.equal(leftIn(before), ['job_1'])
  await lazy.engine.submit({ command: { type: 'ChangeSettings', changes: { logCleanupOnStart: true } }, actor: 'user:anna' })()
  await lazy.engine.close(0)
  const tidy = await openScene(before)
  await heard(tidy, 'job_1', 'LogRemoved')
  assert.equal(leftIn(before), [])
  await tidy.engine.close(0)
})

test.run()
