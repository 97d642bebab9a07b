// What is shown as of a position is what the tables showed when they had come just there: lists with every filter, jobs, repositories, the state.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evolveAll, heldClaims, initialState, JobStatus } from '@borgledger/domain'
import {
  decodePage,
  type JobsQuery,
  jobAsOf,
  jobsAsOf,
  type PastParts,
  positionAt,
  type ReadModels,
  repositoriesAsOf,
  repositoryAsOf,
  scheduleAsOf,
  schedulesAsOf,
  settingsAsOf,
  stateAsOf,
} from '@borgledger/engine'
import { decodeCommit, inMemoryEventStore } from '@borgledger/eventstore'
import { generatedHistory, propertySettings } from '@borgledger/testkit'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openModels } from './fixtures/open-models.js'
import { shownSchedules } from './fixtures/shown-schedules.js'

const directory = mkdtempSync(join(tmpdir(), 'as-of-'))
const commits = [...generatedHistory({ jobs: 120, seed: 20_261_103, repositories: 3 })]
const log = commits.flatMap((commit) => decodePage(decodeCommit(commit)))
const store = inMemoryEventStore({ commits })

const filledTo = async (models: ReadModels, position: number): Promise<ReadModels> => {
  await models.reset()
  assert.ok(E.isRight(await models.apply(log.slice(0, position))()))
  return models
}
const opened = (name: string): Promise<ReadModels> => openModels({ file: join(directory, name) })

let parts: PastParts & { readonly readModels: ReadModels }
let then: ReadModels
test.before(async () => {
  parts = { store, readModels: await filledTo(await opened('now.db'), log.length) }
  then = await opened('then.db')
})
test.after(async () => {
  await parts.readModels.close()
  await then.close()
  rmSync(directory, { recursive: true })
})

const same = (a: unknown, b: unknown): void => assert.is(JSON.stringify(a), JSON.stringify(b))
/** Something goes here, which is seldom and late in a history: it was there up to here, and is not from here on. */
const partings = log.flatMap(({ event, position }) => (/Removed$|Deleted$/.test(event.type) ? [position - 1, position] : []))
const anyPosition = fc.oneof(fc.integer({ min: 0, max: log.length }), fc.constantFrom(...partings))
const anyQuery: fc.Arbitrary<JobsQuery> = fc.record(
  {
    limit: fc.integer({ min: 1, max: 60 }),
    state: fc.constantFrom(...(Object.keys(JobStatus.keys) as JobStatus[])),
    type: fc.constantFrom('backup' as const, 'check' as const),
    repositoryId: fc.constantFrom('repository-01', 'repository-02'),
    from: fc.constantFrom(...log.map(({ at }) => at)),
  },
  { requiredKeys: ['limit'], noNullPrototype: true },
)

test('a list as of a position is the list that was shown there, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(anyPosition, anyQuery, async (position, query) => {
      await filledTo(then, position)
      let cursor: { readonly cursor?: string } = {}
      for (let pages = 0; pages < 200; pages++) {
        const [past, shown] = [await jobsAsOf(parts, position, { ...query, ...cursor }), await then.jobs({ ...query, ...cursor })()]
        same(past, shown)
        const next = E.isRight(past) ? past.right.nextCursor : null
        if (next === null) return
        cursor = { cursor: next }
      }
      assert.unreachable('the list has no end')
    }),
    propertySettings(60),
  )
})

test('a job, the repositories and the state as of a position are what they were there', async () => {
  await fc.assert(
    fc.asyncProperty(anyPosition, fc.integer({ min: 1, max: 120 }), async (position, nth) => {
      await filledTo(then, position)
      const jobId = `job_${String(nth).padStart(7, '0')}`
      same(await jobAsOf(parts, position, jobId), await then.job(jobId)())
      same(await repositoriesAsOf(parts, position), await then.repositories())
      const folded = evolveAll(initialState, log.slice(0, position))
      const past = await stateAsOf(parts, position)
      const jobs = [...folded.jobs.values()]
      same([past.position, past.at, past.settings], [position, log[position - 1]?.at ?? null, folded.settings])
      same([past.owner.host, past.owner.dispatching], [folded.owner.host, folded.owner.dispatching])
      same(past.claims, heldClaims(folded))
      for (const status of ['running', 'pending'] as const)
        same(
          past[status],
          jobs.filter((job) => job.status === status).map((job) => job.jobId),
        )
      const holders = jobs.filter((job) => job.slot === 'manual-backup' && job.status === 'running').map((job) => job.jobId)
      same(past.slots[0], { slot: 'manual-backup', jobs: holders })
    }),
    propertySettings(60),
  )
})

test('schedules, a repository and the settings as of a position are what they were there', async () => {
  await fc.assert(
    fc.asyncProperty(anyPosition, async (position) => {
      await filledTo(then, position)
      const folded = evolveAll(initialState, log.slice(0, position))
      const shown = await shownSchedules(folded, then)
      assert.equal(await schedulesAsOf(parts, position), shown)
      for (const id of ['nightly-0', 'checks-0', 'nobody'])
        assert.equal(
          (await scheduleAsOf(parts, position, id)) ?? undefined,
          shown.find(({ scheduleId }) => scheduleId === id),
        )
      same(await settingsAsOf(parts, position), folded.settings)
      for (const id of ['repository-02', 'nobody']) same(await repositoryAsOf(parts, position, id), await then.repository(id)())
    }),
    propertySettings(60),
  )
})

test('an instant is where the log stood: at the last event recorded by then', async () => {
  for (const position of [1, 60, 500, log.length]) {
    const at = log[position - 1]?.at ?? ''
    assert.is(await positionAt(store, at), log.findLastIndex((recorded) => recorded.at <= at) + 1)
  }
  assert.is(await positionAt(store, '2025-01-01T00:00:00.000Z'), 0)
  assert.is(await positionAt(store, '2099-01-01T00:00:00.000Z'), log.length)
})

test.run()
