/** A worker may die at any moment, in any way: borg goes on, a new worker takes the run up, and its log loses and doubles nothing. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { versionReader } from './executable.js'
import { allOf, backupEnd, fakeScene, heldScene, logLines } from './fixtures/scene.js'
import type { RunnerOptions } from './options.js'
import { WorkerPool } from './pool.js'
import { Telling } from './telling.js'

const dyingWorker = new URL('./fixtures/dying-worker.mjs', import.meta.url).href

/** Borg goes on until the worker was lost. */
const runWithDeath = async (
  place: Awaited<ReturnType<typeof heldScene>>,
  death: string,
  changes: Partial<RunnerOptions>,
): ReturnType<typeof allOf> => {
  writeFileSync(join(place.options.dataDir, 'die'), death)
  const warnings: string[] = []
  const warn = (_: object, message: string): void => {
    warnings.push(message)
    place.release()
  }
  const options = { ...place.options, ...changes, log: { warn } }
  const pool = new WorkerPool(dyingWorker)
  const telling = new Telling({ options, pool, versionOf: versionReader(options), ended: () => {} }, place.request(), true)
  const reports = await allOf(telling.reports)
  await pool.close()
  assert.is(warnings.length, 1, 'the worker was lost once')
  return reports
}

const deaths = [
  ['leaves by process.exit, which tinypool does not notice', 'exit', {}],
  ['ends by an uncaught error', 'crash', {}],
  // Longer than a worker that is well says nothing.
  ['hangs and says nothing', 'hang', { silenceMsMax: 6_000 }],
] as const

for (const [title, death, changes] of deaths)
  test(`a worker that ${title}, is replaced in the middle of a run`, async () => {
    const place = await heldScene({ kind: 'slow', lines: 60, everyMs: 20 })
    const reports = await runWithDeath(place, death, changes)
    const { evidence } = backupEnd(reports)
    assert.is(evidence.exit?.code, 0)
    assert.is(evidence.archive?.files, 3)
    assert.is(reports.filter(({ tag }) => tag === 'Spawned').length, 1)
    const steps = logLines(place).filter((line) => line.includes(' of 60'))
    assert.equal(
      steps,
      Array.from({ length: 60 }, (_, index) => `INFO    step ${index + 1} of 60`),
    )
    await place.runner.close()
    place.clean()
  })

test('a run that ends leaves the worker to the others', async () => {
  const warnings: string[] = []
  const place = await fakeScene({ kind: 'slow', lines: 40, everyMs: 20 }, { log: { warn: (_, message) => void warnings.push(message) } })
  const long = allOf(place.runner.run(place.request()))
  const missing = { ...place.request({}, 'run-2'), jobId: 'job-2', repository: { ...place.repository, executable: '/nowhere/borg' } }
  assert.is(backupEnd(await allOf(place.runner.run(missing))).evidence.exit?.code, 127)
  assert.is(backupEnd(await long).evidence.exit?.code, 0)
  assert.equal(warnings, [])
  await place.runner.close()
  place.clean()
})

test('a run that takes every worker with it before it is started has not begun', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  writeFileSync(join(place.options.dataDir, 'die'), 'always')
  const pool = new WorkerPool(dyingWorker)
  const deps = { options: place.options, pool, versionOf: versionReader(place.options), ended: () => {} }
  const { evidence } = backupEnd(await allOf(new Telling(deps, place.request(), true).reports))
  assert.is(evidence.exit, null)
  assert.match(evidence.lastError?.message ?? '', 'thread is gone')
  assert.equal(await place.runner.inspect('run-1')(), { report: 'never', liveness: 'gone' })
  await pool.close()
  await place.runner.close()
  place.clean()
})

test.run()
