// However the log is cut into pages, the tables hold what folding all of it at once gives: byte for byte, again after a reset and a reopening.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldEndedJob, foldJob, foldRepository, type Job, type JobEvent, jobsShowing, type Repository } from '@borgledger/domain'
import type { JobEntry, ReadModels } from '@borgledger/engine'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { anyLog, type Log } from './fixtures/history.js'
import { sqliteReadModels } from './index.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-'))
const file = join(directory, 'read.db')

test.after(() => rmSync(directory, { recursive: true }))

/** What the tables should hold, each record folded on its own from the whole log: nothing of the code under test. */
const foldOf = (log: Log) => {
  const of = (jobId: string, upTo = Number.POSITIVE_INFINITY): Job | undefined => {
    let job: Job | undefined
    for (const recorded of log) {
      const { event } = recorded
      if (recorded.position > upTo || !('jobId' in event) || !jobsShowing(event).includes(jobId)) continue
      job = foldJob(jobId, job, { ...recorded, event })
      if (event.type === 'JobEntryDeleted' && job !== undefined) return undefined
    }
    return job
  }
  return { jobs: jobIdsOf(log).flatMap((id) => of(id) ?? []), repositories: repositoriesOf(log, of) }
}

const jobIdsOf = (log: Log): ReadonlyArray<string> =>
  log.flatMap(({ event }) => (event.type === 'JobRequested' ? [event.jobId] : [])).reverse()

const repositoriesOf = (log: Log, jobAt: (jobId: string, position: number) => Job | undefined): ReadonlyArray<Repository> => {
  const repositories = new Map<string, Repository | undefined>()
  for (const recorded of log) {
    const { event, position } = recorded
    if ('jobId' in event) {
      const job = isEnd(event) ? jobAt(event.jobId, position) : undefined
      const repository = repositories.get(job?.repositoryId ?? '')
      if (job && repository) repositories.set(repository.id, foldEndedJob(repository, job))
    } else if ('repositoryId' in event) {
      const id = event.repositoryId
      repositories.set(id, foldRepository(repositories.get(id), { ...recorded, event }))
    }
  }
  return [...repositories.values()].filter((repository) => repository !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
}

const isEnd = (event: JobEvent): boolean => ['JobCompleted', 'JobFailed', 'JobCancelled'].includes(event.type)

const open = async (): Promise<ReadModels> => {
  const opened = await sqliteReadModels({ file })()
  if (E.isLeft(opened)) throw new Error(opened.left.detail)
  return opened.right
}

/** Pages of the sizes given, over and over. Every page begins with the last event of the one before, as after a crash of the reader. */
const applyIn = async (sizes: ReadonlyArray<number>, log: Log, models: ReadModels): Promise<void> => {
  for (let at = 0, page = 0; at < log.length; page += 1) {
    const size = sizes[page % sizes.length] ?? 1
    assert.equal(await models.apply(log.slice(Math.max(0, at - 1), at + size))(), E.right(undefined))
    at += size
  }
}

const heldBy = async (models: ReadModels) => {
  const jobs = await models.jobs({ limit: 200 })()
  if (E.isLeft(jobs)) throw new Error('a list without a cursor was refused')
  return { jobs: jobs.right.items, repositories: await models.repositories() }
}

const seed = 20261103
const same = (a: unknown, b: unknown): void => assert.is(JSON.stringify(a), JSON.stringify(b))

test('tables filled page by page equal the fold of the whole log, byte for byte', async () => {
  const models = await open()
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(anyLog, sizes, async (log, cuts) => {
      await models.reset()
      await applyIn(cuts, log, models)
      same(await heldBy(models), foldOf(log))
      assert.is(await models.position(), log.length)
      for (const id of jobIdsOf(log)) same(await models.job(id)(), entryOf(id, log))
    }),
    { seed, numRuns: 100 },
  )
  await models.close()
})

const entryOf = (id: string, log: Log): JobEntry => {
  const deletion = log.find(
    ({ event, position }) => event.type === 'JobEntryDeleted' && event.jobId === id && position > requestOf(id, log),
  )
  if (deletion !== undefined) return { tag: 'Deleted', at: deletion.at }
  const job = foldOf(log).jobs.find((shown) => shown.id === id)
  return job === undefined ? { tag: 'Unknown' } : { tag: 'Found', job }
}

const requestOf = (id: string, log: Log): number =>
  log.find(({ event }) => event.type === 'JobRequested' && event.jobId === id)?.position ?? 0

test('a second filling after a reset, and a reopened file, hold the same', async () => {
  const log = fc.sample(anyLog, { seed, numRuns: 20 }).find(({ length }) => length > 60)
  assert.ok(log)
  const models = await open()
  await models.reset()
  await applyIn([7], log, models)
  const first = await heldBy(models)
  await models.reset()
  same(await heldBy(models), { jobs: [], repositories: [] })
  await applyIn([log.length], log, models)
  same(await heldBy(models), first)
  await models.close()
  const again = await open()
  same(await heldBy(again), first)
  assert.is(await again.position(), log.length)
  await again.close()
})

test.run()
