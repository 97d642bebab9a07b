import { initialState, type LedgerState } from '@borgledger/domain'
import { inMemoryEventStore } from '@borgledger/eventstore'
import { countingIds, requestJob, virtualClock } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { memorySnapshots } from '../fixtures/memory-snapshots.js'
import type { Snapshots } from '../ports/snapshots.js'
import { createSubmitter, type Submitter } from '../submit/submitter.js'
import { createSnapshotKeeper, eventsBetween } from './keeper.js'

const anna = { actor: 'user:anna' }
const access = { location: '/backups/laptop', passphrase: null, executable: null }
const registration = { type: 'RegisterRepository', repositoryId: 'laptop', name: 'Laptop', access, borgId: null, created: false } as const

const submitterWith = async (jobs: number): Promise<Submitter & { readonly store: ReturnType<typeof inMemoryEventStore> }> => {
  const store = inMemoryEventStore()
  const submitter = createSubmitter({ store, clock: virtualClock('2026-11-03T02:00:00.000Z'), ids: countingIds(), state: initialState })
  await submitter.submit({ ...anna, command: registration })()
  await addJobs(submitter, 0, jobs)
  return { ...submitter, store }
}
const addJobs = async (submitter: Submitter, from: number, to: number): Promise<void> => {
  for (let job = from; job < to; job += 1) await submitter.submit({ ...anna, command: requestJob(`job_${job}`) })()
}
const keeperOver = (submitter: Awaited<ReturnType<typeof submitterWith>>, snapshots: Snapshots, said: string[] = [], keptAt = 0) =>
  createSnapshotKeeper({ ...submitter, snapshots, keptAt, onSnapshotTrouble: (message) => said.push(message) })

test('even where every job stays in the state, what is written of it weighs no more than the log', async () => {
  const submitter = await submitterWith(0)
  const snapshots = memorySnapshots()
  const weights: number[] = []
  const weighed: Snapshots = {
    ...snapshots,
    keep: (snapshot) => {
      weights.push(snapshot.state.length)
      return snapshots.keep(snapshot)
    },
  }
  const keeper = keeperOver(submitter, weighed)
  await addJobs(submitter, 0, 4_000)
  await keeper.close()
  let recorded = 0
  for await (const page of submitter.store.commits()) recorded += JSON.stringify(page).length
  assert.is(weights.length, 2, 'at first, and at the end')
  assert.ok(sum(weights) < 2 * recorded, `${sum(weights)} bytes of states for ${recorded} bytes of commits`)
})

const sum = (all: ReadonlyArray<number>): number => all.reduce((left, right) => left + right, 0)

test('a state that weighs much is kept less often', () => {
  assert.equal(
    [eventsBetween(0), eventsBetween(100_000), eventsBetween(100_001), eventsBetween(20_000_000)],
    [1_000, 1_000, 1_001, 200_000],
  )
})

test('a long log without a kept state is kept at once, and not again until something happens', async () => {
  const submitter = await submitterWith(1_200)
  const snapshots = memorySnapshots()
  await keeperOver(submitter, snapshots).close()
  assert.equal(snapshots.keptAt, [1_201])
  await keeperOver(submitter, snapshots, [], 1_201).close()
  assert.equal(snapshots.keptAt, [1_201])
})

test('what cannot be kept is told once for so many events, and stops nobody', async () => {
  const submitter = await submitterWith(0)
  const said: string[] = []
  const full: Snapshots = { newest: () => Promise.resolve(null), keep: () => () => Promise.reject(new Error('no space')) }
  const keeper = keeperOver(submitter, full, said)
  await addJobs(submitter, 0, 2_100)
  assert.equal(said, ['the state was not kept: Error: no space', 'the state was not kept: Error: no space'])
  await keeper.close()
})

test('in the middle of a commit that is still being read nothing is kept', async () => {
  const submitter = await submitterWith(3)
  const snapshots = memorySnapshots()
  const halfWay: LedgerState = { ...submitter.state(), position: submitter.state().position + 1 }
  const keeper = createSnapshotKeeper({ ...submitter, state: () => halfWay, snapshots, keptAt: 0, onSnapshotTrouble: () => undefined })
  await keeper.close()
  assert.equal(snapshots.keptAt, [])
})

test.run()
