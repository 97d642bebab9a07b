/** Stopping: the ladder is climbed only as far as it must, never against a stranger, and ends with the processes gone. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { StopRung } from '@borgledger/engine'
import { filter, firstValueFrom } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, atWork, backupEnd, fakeScene } from './fixtures/scene.js'
import { readIdentity, sightOf } from './process/identity.js'
import { climb } from './process/ladder.js'
import { runDir } from './run-dir.js'

const rung = (signal: StopRung['signal'], waitMsMax: number, changes: Partial<StopRung> = {}): StopRung => ({
  signal,
  target: 'process',
  waitMsMax,
  untilCheckpoint: false,
  ...changes,
})

const ladder = [rung('SIGINT', 10_000, { untilCheckpoint: true }), rung('SIGTERM', 10_000), rung('SIGKILL', 10_000, { target: 'group' })]

/** Stops the run once borg is at work; gives all reports. */
const stopped = async (place: Awaited<ReturnType<typeof fakeScene>>, rungs: ReadonlyArray<StopRung> = ladder): ReturnType<typeof allOf> => {
  const reports = place.runner.run(place.request())
  const all = allOf(reports)
  await atWork(reports)
  place.runner.stop('run-1', rungs)
  return all
}

const signals = (reports: Awaited<ReturnType<typeof allOf>>): ReadonlyArray<string> =>
  reports.flatMap((report) => (report.tag === 'Signalled' ? [`${report.rung.rung} ${report.rung.signal} ${report.rung.target}`] : []))

test('one rung is enough for a borg that listens', async () => {
  const place = await fakeScene({ kind: 'hang' })
  // Not with the checkpoint: it is saved some time before the process is gone, and the next rung may come in between.
  const reports = await stopped(place, [rung('SIGINT', 60_000), ...ladder.slice(1)])
  assert.equal(signals(reports), ['1 SIGINT process'])
  assert.equal(backupEnd(reports).evidence.exit, { code: 2, signal: null })
  assert.is(backupEnd(reports).evidence.looked, true)
  await place.runner.close()
  place.clean()
})

test('the next rung comes as soon as the checkpoint is saved', async () => {
  const place = await fakeScene({ kind: 'hang', runOn: true })
  const patient = [rung('SIGINT', 3_600_000, { untilCheckpoint: true }), rung('SIGTERM', 10_000)]
  const reports = await stopped(place, patient)
  assert.equal(signals(reports), ['1 SIGINT process', '2 SIGTERM process'])
  assert.equal(backupEnd(reports).evidence.exit, { code: 143, signal: null })
  await place.runner.close()
  place.clean()
})

test('a borg that ignores every signal is ended with its group, and its shell still writes the exit code', async () => {
  const place = await fakeScene({ kind: 'ignore-signals' })
  const impatient = [rung('SIGINT', 100), rung('SIGTERM', 100), rung('SIGKILL', 10_000, { target: 'group' })]
  const reports = await stopped(place, impatient)
  assert.equal(signals(reports), ['1 SIGINT process', '2 SIGTERM process', '3 SIGKILL group'])
  assert.equal(backupEnd(reports).evidence.exit, { code: 137, signal: null })
  assert.equal(await place.runner.inspect('run-1')(), { report: 'ended', liveness: 'gone' })
  await place.runner.close()
  place.clean()
})

test('a stop that comes before borg has a pid waits for it; asking twice climbs once', async () => {
  const place = await fakeScene({ kind: 'hang' })
  await firstValueFrom(place.runner.readiness$.pipe(filter(({ tag }) => tag === 'Ready')))
  const all = allOf(place.runner.run(place.request()))
  place.runner.stop('run-1', ladder.slice(1))
  place.runner.stop('run-1', ladder.slice(1))
  const reports = await all
  assert.equal(signals(reports), ['1 SIGTERM process'])
  await place.runner.close()
  place.clean()
})

test('a stop of a run that nobody follows is let go', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  place.runner.stop('run-9', ladder)
  assert.equal(await place.runner.inspect('run-9')(), { report: 'never', liveness: 'gone' })
  await place.runner.close()
  place.clean()
})

test('a stranger who has the pid now is never signalled', async () => {
  const place = await fakeScene({ kind: 'hang' })
  const reports = place.runner.run(place.request())
  const all = allOf(reports)
  const spawned = await firstValueFrom(reports)
  assert.ok(spawned.tag === 'Spawned')
  const heard: unknown[] = []
  for (const changed of [{ startTicks: '1' }, { bootId: 'another' }, { pidNamespace: 'pid:[1]' }]) {
    const process = { ...spawned.process, ...changed }
    await climb({
      process,
      ladder,
      climbed: 0,
      commits: () => 0,
      signalled: (rung) => heard.push(rung),
      abandoned: new AbortController().signal,
    })
  }
  assert.equal(heard, [])
  assert.is(sightOf(spawned.process), 'alive')
  place.runner.stop('run-1', ladder)
  await all
  assert.is(sightOf(spawned.process), 'gone')
  await place.runner.close()
  place.clean()
})

test('a run of another boot is gone, whatever its pid does now', async () => {
  const place = await fakeScene({ kind: 'hang' })
  const reports = place.runner.run(place.request())
  const all = allOf(reports)
  await firstValueFrom(reports)
  const run = runDir(place.options.dataDir, 'run-1')
  assert.equal(await place.runner.inspect('run-1')(), { report: 'none', liveness: 'alive' })
  const bootId = readFileSync(run.started, 'utf8')
  writeFileSync(run.started, 'another-boot\n')
  assert.equal(await place.runner.inspect('run-1')(), { report: 'none', liveness: 'gone' })
  writeFileSync(run.started, bootId)
  assert.ok(readIdentity(run.pid) !== null)
  place.runner.stop('run-1', ladder)
  await all
  await place.runner.close()
  place.clean()
})

test.run()
