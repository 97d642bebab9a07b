/** A worker that cannot be started is tried again and again; what waits for it waits, and nothing is left over of the tries. */
import { readdirSync } from 'node:fs'
import type { Readiness } from '@borgledger/engine'
import { unloadableWorker } from '@borgledger/testkit'
import { filter, firstValueFrom, type Observable } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, backupEnd, fakeScene, scene, until } from './fixtures/scene.js'
import { borgRunner } from './runner.js'
import { startThread } from './thread.js'

const workerUrl = new URL('./worker.boot.mjs', import.meta.url).href

/** A runner whose worker cannot be loaded before it is mended. */
const spoiltScene = async () => {
  const place = await fakeScene({ kind: 'succeed' })
  const worker = unloadableWorker(place.folder, workerUrl)
  await place.runner.close()
  const runner = borgRunner({ ...place.options, worker: worker.url })
  const clean = async (): Promise<void> => {
    await runner.close()
    place.clean()
  }
  return { ...place, runner, worker, clean }
}

type NotReady = Extract<Readiness, { readonly tag: 'NotReady' }>

const failedTimes = async (readiness$: Observable<Readiness>, failures: number): Promise<NotReady> =>
  firstValueFrom(readiness$.pipe(filter((now): now is NotReady => now.tag === 'NotReady' && now.failures >= failures)))

const ready = (readiness$: Observable<Readiness>): Promise<Readiness> =>
  firstValueFrom(readiness$.pipe(filter(({ tag }) => tag === 'Ready')))

test('a run waits for a worker that cannot be loaded, which is told with how often, since when and why, and starts with the first that can', async () => {
  const { runner, worker, request, clean } = await spoiltScene()
  const reports = allOf(runner.run(request()))
  const first = await failedTimes(runner.readiness$, 1)
  const later = await failedTimes(runner.readiness$, 6)
  assert.is(later.since, first.since)
  assert.is(later.message, 'ENOMEM: not enough memory')
  assert.ok(worker.tries() >= 6)
  assert.equal(await runner.inspect('run-1')(), { report: 'never', liveness: 'gone' })
  worker.mend()
  assert.is(backupEnd(await reports).evidence.exit?.code, 0)
  assert.equal(await ready(runner.readiness$), { tag: 'Ready' })
  await clean()
})

test('a run that waits for a worker is stopped at once, and was never begun', async () => {
  const { runner, request, clean } = await spoiltScene()
  const reports = allOf(runner.run(request()))
  await failedTimes(runner.readiness$, 2)
  runner.stop('run-1', [])
  const { evidence } = backupEnd(await reports)
  assert.is(evidence.exit, null)
  assert.is(evidence.lastError?.message, 'it was stopped before anything was begun')
  assert.equal(await runner.inspect('run-1')(), { report: 'never', liveness: 'gone' })
  await clean()
})

test('closing waits for no worker', async () => {
  const { runner, request, clean } = await spoiltScene()
  const told = allOf(runner.run(request()))
  await failedTimes(runner.readiness$, 2)
  await runner.close()
  assert.equal(await told, [], 'nothing is said of a run that is let go of')
  await clean()
})

test('a worker is started before the first run, and not before anybody asks', async () => {
  const { runner, worker, clean } = await spoiltScene()
  worker.mend()
  assert.is(worker.tries(), 0)
  await ready(runner.readiness$)
  assert.is(worker.tries(), 1)
  await clean()
})

test('an idle worker that ends, unnoticed by its pool, is missed and replaced', async () => {
  const { runner, worker, clean } = await spoiltScene()
  worker.mend()
  await ready(runner.readiness$)
  const told: Readiness[] = []
  const listening = runner.readiness$.subscribe((now) => told.push(now))
  worker.spoil()
  // An idle worker keeps no process alive; this does.
  await until(() => told.length > 1, 'the worker is missed')
  const missed = told[1]
  assert.is(missed?.tag === 'NotReady' && missed.message, 'it ended by itself, with exit code 3')
  worker.mend()
  await ready(runner.readiness$)
  listening.unsubscribe()
  await clean()
})

const threads = (): number => readdirSync('/proc/self/task').length

test('threads that cannot be loaded leave nothing behind', async () => {
  const place = scene()
  const { url } = unloadableWorker(place.folder, workerUrl)
  const goneOf = (): Promise<string> => new Promise((gone) => startThread(url, { loaded: () => {}, gone }))
  await goneOf()
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = { threads: threads(), timers: timers() }
  for (let tries = 0; tries < 20; tries += 1) assert.is(await goneOf(), 'ENOMEM: not enough memory')
  assert.is(timers(), before.timers)
  await until(() => threads() <= before.threads, 'all of them are gone')
  place.clean()
})

test.run()
