/**
 * A disk that is full under the log (reliability: F10): what ends is recorded on the reserve, what is new is answered `store-full`, and all goes
 * on when there is space.
 */
import { evidenceOf, type ScriptedRunner, scriptedRunner, until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { anna, codeOf, eventTypes, type Place, place, recorded, startBackup, value, withFake, withRepository } from './fixtures/place.js'
import { canMount, fill, smallDisk } from './fixtures/small-disk.js'

interface Context {
  where: Place
  unmount: () => void
}
const test = suite<Context>('full log')
test.before.each((context) => {
  context.where = place()
  context.unmount = canMount ? smallDisk(context.where.dataDir, 32) : () => undefined
})
test.after.each(async ({ where, unmount }) => {
  // Whatever is open there is closed before its disk goes.
  await where.close()
  unmount()
  await where.clean()
})
const onSmallDisk = canMount ? test : test.skip

const addScript = (ledger: Borgledger, id: string) => ledger.addScript({ id, name: id, body: 'true' }, anna)

/** What the log has room for in its own files is used up by commands. */
const useUpRoom = async (ledger: Borgledger): Promise<void> => {
  for (let n = 0; n < 5_000; n++) {
    const code = codeOf(await addScript(ledger, `script-${n}`))
    if (code === 'store-full') return
    assert.is(code, 'ok')
  }
  throw new Error('the disk never became full')
}

const endRun = (runner: ScriptedRunner): void => {
  const [runId = ''] = runner.runs.keys()
  runner.finish(runId, evidenceOf('create'))
}

const saysInUse = (ledger: Borgledger): boolean => ledger.health().problems.some((problem) => problem.includes('its reserve is in use'))

onSmallDisk('a run that ends is recorded at once, new commands are refused, and all goes on when there is space', async ({ where }) => {
  const runner = scriptedRunner({ does: 'hang' }, { does: 'succeed' })
  const ledger = await withRepository(where, {}, { runner })
  const job = await startBackup(ledger, where)
  const finished = job.finished()
  // It is awaited much later: should this fail before, that is what is told.
  finished.catch(() => undefined)
  await recorded(ledger, job.id, 'RunSpawned')
  assert.ok(ledger.health().ok)
  const free = fill(where.dataDir)
  await useUpRoom(ledger)
  assert.not(saysInUse(ledger), 'commands do not use the reserve')
  endRun(runner)
  await recorded(ledger, job.id, 'JobCompleted')
  assert.ok(saysInUse(ledger), JSON.stringify(ledger.health()))
  assert.is(codeOf(await addScript(ledger, 'in-vain')), 'store-full')
  assert.is(codeOf(await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [where.sources] }, anna)), 'store-full')
  free()
  value(await addScript(ledger, 'with-space'))
  assert.is((await finished).state, 'completed')
  const next = await (await startBackup(ledger, where)).finished()
  assert.is(next.state, 'completed')
  await until(() => ledger.health().ok, 'the reserve is made again')
  const verification = await ledger.verify()
  assert.ok(verification.ok, JSON.stringify(verification))
})

onSmallDisk('a ledger that was closed on a full disk goes on from what it recorded', async ({ where }) => {
  const runner = scriptedRunner({ does: 'hang' })
  const ledger = await withRepository(where, {}, { runner })
  const job = await startBackup(ledger, where)
  await recorded(ledger, job.id, 'RunSpawned')
  const free = fill(where.dataDir)
  await useUpRoom(ledger)
  endRun(runner)
  await recorded(ledger, job.id, 'JobCompleted')
  await ledger.close({ drainMs: 0 })
  free()
  const again = await where.open({ runner })
  assert.is((await again.job(job.id).finished()).state, 'completed')
  await until(() => again.health().ok, 'the reserve is made again')
  assert.ok((await again.verify()).ok)
})

onSmallDisk('with the reserve used up a report waits, and is recorded when there is space', async ({ where }) => {
  const runner = scriptedRunner({ does: 'hang' })
  const ledger = await withRepository(where, {}, { runner, reserveBytes: 256 * 1024 })
  const job = await startBackup(ledger, where)
  const pending = []
  for (let n = 0; n < 100; n++) pending.push(await startBackup(ledger, where))
  await recorded(ledger, job.id, 'RunSpawned')
  const free = fill(where.dataDir)
  await useUpRoom(ledger)
  const answers: string[] = []
  for (const waiting of pending) answers.push(codeOf(await waiting.cancel({ reason: 'no space', ...anna })))
  assert.ok(answers.includes('ok'), 'a cancel may use the reserve')
  assert.ok(answers.includes('store-full'), 'the reserve has an end')
  endRun(runner)
  // One command after the other: when these are answered, the report was tried.
  for (const id of ['behind-it', 'and-again']) assert.is(codeOf(await addScript(ledger, id)), 'store-full')
  assert.not((await eventTypes(ledger, job.id)).includes('JobCompleted'))
  free()
  await recorded(ledger, job.id, 'JobCompleted')
  await until(() => ledger.health().ok, 'the reserve is made again')
  assert.ok((await ledger.verify()).ok)
})

onSmallDisk('a real process is stopped by a cancel on a full disk', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'hang' })
  const job = await startBackup(ledger, where)
  await recorded(ledger, job.id, 'RunSpawned')
  const free = fill(where.dataDir)
  await useUpRoom(ledger)
  value(await job.cancel({ reason: 'it fills the disk', ...anna }))
  await recorded(ledger, job.id, 'JobCancelled')
  free()
  await until(() => ledger.health().ok, 'the reserve is made again')
  assert.ok((await ledger.verify()).ok)
})

test.run()
