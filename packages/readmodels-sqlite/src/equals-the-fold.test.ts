// However the log is cut into pages, the tables hold what folding all of it at once gives: byte for byte, again after a reset and a reopening.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ArchiveList,
  foldDeletedEntry,
  foldEndedJob,
  foldJob,
  foldLeft,
  foldListing,
  foldRepository,
  type Job,
  type JobEvent,
  jobsShowing,
  noArchives,
  type Repository,
  type Tick,
  tickOf,
} from '@borgledger/domain'
import type { JobEntry, ReadModels } from '@borgledger/engine'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { anyLog, type Log } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-'))
const file = join(directory, 'read.db')

test.after(() => rmSync(directory, { recursive: true }))

const repositoryIds = ['laptop', 'server']
const scheduleIds = ['nightly', 'weekly']

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
  const jobs = jobIdsOf(log).flatMap((id) => of(id) ?? [])
  return { jobs, repositories: repositoriesOf(log, of), archives: archivesOf(log, of), ticks: scheduleIds.map((id) => ticksOf(id, log)) }
}

/** Newest first; of each instant the last that is known. */
const ticksOf = (scheduleId: string, log: Log): ReadonlyArray<Tick> => {
  const ticks = new Map<string, Tick>()
  for (const recorded of log) {
    const { event } = recorded
    if ('dueAt' in event && event.scheduleId === scheduleId) ticks.set(event.dueAt, tickOf({ ...recorded, event }))
  }
  return [...ticks.values()].sort((a, b) => (a.dueAt < b.dueAt ? 1 : -1))
}

const jobIdsOf = (log: Log): ReadonlyArray<string> =>
  log.flatMap(({ event }) => (event.type === 'JobRequested' ? [event.jobId] : [])).reverse()

const repositoriesOf = (log: Log, jobAt: (jobId: string, position: number) => Job | undefined): ReadonlyArray<Repository> => {
  const repositories = new Map<string, Repository | undefined>()
  for (const recorded of log) {
    const { event, position } = recorded
    if ('jobId' in event) {
      const job = jobAt(event.jobId, position) ?? jobAt(event.jobId, position - 1)
      const repository = repositories.get(job?.repositoryId ?? '')
      if (job === undefined || repository === undefined) continue
      if (isEnd(event)) repositories.set(repository.id, foldEndedJob(repository, job))
      if (event.type === 'JobEntryDeleted') repositories.set(repository.id, foldDeletedEntry(repository, job.id, position))
    } else if (isOfRepository(event)) {
      const id = event.repositoryId
      repositories.set(id, foldRepository(repositories.get(id), { ...recorded, event }))
    }
  }
  return [...repositories.values()].filter((repository) => repository !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
}

const isOfRepository = <E extends { readonly type: string }>(event: E): event is Extract<E, { readonly type: `Repository${string}` }> =>
  event.type.startsWith('Repository')

/** Of both repositories. A run that met another borg repository than is known begins a list anew. */
const archivesOf = (log: Log, jobAt: (jobId: string, position: number) => Job | undefined): ReadonlyArray<ArchiveList> => {
  const known = new Map<string, { readonly borgId: string | null; readonly list: ArchiveList }>()
  for (const recorded of log) {
    const { event, position } = recorded
    const id = event.type === 'RunEnded' ? jobAt(event.jobId, position)?.repositoryId : 'repositoryId' in event ? event.repositoryId : null
    const { borgId = null, list = noArchives } = known.get(id ?? '') ?? {}
    if (id == null || (event.type !== 'RepositoryRegistered' && !known.has(id))) continue
    if (event.type === 'RepositoryRegistered') known.set(id, { borgId: event.borgId, list })
    if (event.type === 'RepositoryIdentified') known.set(id, { borgId: event.borgId, list })
    if (event.type === 'RepositoryRemoved') known.delete(id)
    if (event.type === 'ArchivesListed') known.set(id, { borgId, list: foldListing(list, { ...recorded, event }) })
    const job = event.type === 'RunEnded' ? jobAt(event.jobId, position) : undefined
    if (event.type !== 'RunEnded' || job === undefined) continue
    const isAnother = borgId !== null && event.evidence.borgId !== null && event.evidence.borgId !== borgId
    known.set(id, { borgId, list: foldLeft(isAnother ? noArchives : list, { ...recorded, event }, job) })
  }
  return repositoryIds.map((id) => known.get(id)?.list ?? noArchives)
}

const isEnd = (event: JobEvent): boolean => ['JobCompleted', 'JobFailed', 'JobCancelled'].includes(event.type)

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
  const archives = await Promise.all(repositoryIds.map((id) => models.archives(id)()))
  const ticks = await Promise.all(scheduleIds.map((scheduleId) => allTicks(scheduleId, models)))
  return { jobs: jobs.right.items, repositories: await models.repositories(), archives, ticks }
}

/** Page by page, two at a time. */
const allTicks = async (scheduleId: string, models: ReadModels): Promise<ReadonlyArray<Tick>> => {
  const ticks: Tick[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await models.ticks({ scheduleId, limit: 2, ...(cursor === undefined ? {} : { cursor }) })()
    if (E.isLeft(page)) throw new Error('a cursor that was given was refused')
    ticks.push(...page.right.items)
    cursor = page.right.nextCursor
  }
  return ticks
}

const seed = 20261103
const same = (a: unknown, b: unknown): void => assert.is(JSON.stringify(a), JSON.stringify(b))

test('tables filled page by page equal the fold of the whole log, byte for byte', async () => {
  const models = await openModels({ file })
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
  const models = await openModels({ file })
  await models.reset()
  await applyIn([7], log, models)
  const first = await heldBy(models)
  await models.reset()
  same(await heldBy(models), { jobs: [], repositories: [], archives: [noArchives, noArchives], ticks: [[], []] })
  await applyIn([log.length], log, models)
  same(await heldBy(models), first)
  await models.close()
  const again = await openModels({ file })
  same(await heldBy(again), first)
  assert.is(await again.position(), log.length)
  await again.close()
})

test.run()
