/** The worker that watches over runs cannot be loaded: jobs wait, health says why, and they start by themselves once it can. */
import { borgRunner } from '@borgledger/borg-runner'
import { unloadableWorker, until } from '@borgledger/testkit'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { eventTypes, hasBorg, makeHeavy, type Place, place, recorded, startBackup, value, withRepository } from './fixtures/place.js'

const workerUrl = new URL('../../borg-runner/src/worker.boot.mjs', import.meta.url).href

const test = suite<{ where: Place }>('a worker that cannot be loaded')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

/** A ledger with a repository, over real borg. */
const opened = (where: Place, worker: string): Promise<Borgledger> => {
  const resolveSecret = () => TE.left({ message: 'there are no secrets' })
  const runner = borgRunner({ dataDir: where.dataDir, hostId: 'test@worker-start', resolveSecret, worker })
  return withRepository(where, {}, { runner })
}

/** What health says once it says such a thing. */
const health = async (ledger: Borgledger, isSo: (problems: string) => boolean): Promise<string> => {
  const problems = (): string => ledger.health().problems.join('\n')
  await until(() => isSo(problems()), 'health says so')
  return problems()
}

const named = /runner: the worker that watches over runs could not be started, \d+ times since \d{4}-\S+Z: ENOMEM: not enough memory/

withBorg('the job stays pending and health names it; once it can be loaded the job completes and all is well', async ({ where }) => {
  const worker = unloadableWorker(where.folder, workerUrl)
  const ledger = await opened(where, worker.url)
  const job = await startBackup(ledger, where)
  const said = await health(ledger, (problems) => problems.includes('runner: '))
  assert.match(said, named)
  assert.match(said, 'dispatch: closed, no job is started')
  assert.is(value(await job.record()).state, 'pending')
  assert.equal(await eventTypes(ledger, job.id), ['JobRequested'])
  worker.mend()
  assert.is((await job.finished()).state, 'completed')
  assert.equal(ledger.health(), { ok: true, problems: [] })
  await ledger.close()
})

withBorg('a waiting job is cancelled at once, and the ledger closes at once', async ({ where }) => {
  const ledger = await opened(where, unloadableWorker(where.folder, workerUrl).url)
  const [first, second] = [await startBackup(ledger, where), await startBackup(ledger, where)]
  assert.is(value(await first.cancel({ actor: 'user:anna', reason: 'not today' })).state, 'cancelled')
  await ledger.close()
  const next = await where.open()
  assert.is((await next.job(second.id).finished()).state, 'completed', 'the next owner starts it')
  await next.close()
})

withBorg('a backup whose worker dies and cannot be replaced goes on, and is followed to its end once one can', async ({ where }) => {
  const worker = unloadableWorker(where.folder, workerUrl)
  worker.mend()
  makeHeavy(where, 8)
  const ledger = await opened(where, worker.url)
  const first = await startBackup(ledger, where, { compression: 'lzma,6' })
  await recorded(ledger, first.id, 'RunSpawned')
  worker.spoil()
  await health(ledger, (problems) => problems.includes('runner: '))
  const second = await startBackup(ledger, where)
  assert.is(value(await second.record()).state, 'pending')
  worker.mend()
  assert.is((await first.finished()).state, 'completed')
  assert.is((await second.finished()).state, 'completed')
  assert.is((await eventTypes(ledger, first.id)).filter((type) => type === 'RunSpawned').length, 1)
  await ledger.close()
})

test.run()
