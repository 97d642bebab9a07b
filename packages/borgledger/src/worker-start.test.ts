/** The worker that watches over runs cannot be loaded: jobs wait, health says why, and they start by themselves once it can. */
import { borgRunner } from '@borgledger/borg-runner'
import { unloadableWorker } from '@borgledger/testkit'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { anna, eventTypes, hasBorg, type Place, place, startBackup, value } from './fixtures/place.js'

const workerUrl = new URL('../../borg-runner/src/worker.boot.mjs', import.meta.url).href

const test = suite<{ where: Place }>('a worker that cannot be loaded')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

/** A ledger with a repository, over real borg. */
const opened = async (where: Place, worker: string): Promise<Borgledger> => {
  const resolveSecret = () => TE.left({ message: 'there are no secrets' })
  const runner = borgRunner({ dataDir: where.dataDir, hostId: 'test@worker-start', resolveSecret, worker })
  const ledger = await where.open({ runner })
  const body = { id: 'laptop', name: 'Laptop', location: where.repository, create: { encryption: 'none' } }
  if (!(await ledger.repository('laptop')).ok) value(await ledger.addRepository(body, anna))
  return ledger
}

const health = async (ledger: Borgledger, isSo: (problems: string) => boolean): Promise<string> => {
  const endAtMs = performance.now() + 60_000
  for (;;) {
    const problems = ledger.health().problems.join('\n')
    if (isSo(problems)) return problems
    if (performance.now() > endAtMs) throw new Error(`health still says: ${problems}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

withBorg(
  'the job stays pending and health names it; once the worker can be loaded the job completes and all is well',
  async ({ where }) => {
    const worker = unloadableWorker(where.folder, workerUrl)
    const ledger = await opened(where, worker.url)
    const job = await startBackup(ledger, where)
    const said = await health(ledger, (problems) => problems.includes('runner: '))
    assert.match(
      said,
      /runner: the worker that watches over runs could not be started, \d+ times since \d{4}-\d\d-\d\dT[\d:.]+Z: ENOMEM: not enough memory/,
    )
    assert.match(said, 'dispatch: closed, no job is started')
    assert.is(value(await job.get()).state, 'pending')
    assert.equal(await eventTypes(ledger, job.id), ['JobRequested'])
    worker.mend()
    assert.is((await job.finished()).state, 'completed')
    assert.is(await health(ledger, (problems) => problems === ''), '')
    await ledger.close()
  },
)

withBorg('a waiting job is cancelled at once, and the ledger closes at once', async ({ where }) => {
  const ledger = await opened(where, unloadableWorker(where.folder, workerUrl).url)
  const [first, second] = [await startBackup(ledger, where), await startBackup(ledger, where)]
  assert.is(value(await first.cancel({ actor: 'user:anna', reason: 'not today' })).state, 'cancelled')
  await ledger.close()
  const next = await where.open()
  assert.is((await next.job(second.id).finished()).state, 'completed', 'the next owner starts it')
  await next.close()
})

withBorg('a worker that can be loaded no more holds no running job up, and the one after it waits', async ({ where }) => {
  const worker = unloadableWorker(where.folder, workerUrl)
  worker.mend()
  const ledger = await opened(where, worker.url)
  assert.equal(ledger.health(), { ok: true, problems: [] })
  worker.spoil()
  assert.is((await (await startBackup(ledger, where)).finished()).state, 'completed', 'the worker that is there is enough')
  await ledger.close()
})

test.run()
