import { evolveAll, initialState } from '@borgledger/domain'
import { type EventStore, inMemoryEventStore } from '@borgledger/eventstore'
import { countingIds, requestJob, virtualClock } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../feed/decode.js'
import type { Submission } from './submission.js'
import { createSubmitter, type Submitter } from './submitter.js'

const clock = virtualClock('2026-11-03T02:00:00.000Z')
const over = (store: EventStore): Submitter => createSubmitter({ store, clock, ids: countingIds(), state: initialState })
const anna = { actor: 'user:anna' }
const access = { location: '/backups/laptop', passphrase: null, executable: null }
const registration: Submission = {
  ...anna,
  command: { type: 'RegisterRepository', repositoryId: 'laptop', name: 'Laptop', access, borgId: null, created: false },
}
const request = (jobId: string): Submission => {
  return { ...anna, command: requestJob(jobId) }
}
const refusalOf = (result: E.Either<{ tag: string }, unknown>): string =>
  E.isLeft(result) && result.left.tag === 'Refused' ? (result.left as unknown as { refusal: { tag: string } }).refusal.tag : 'not refused'

const foldOf = async (store: EventStore) => {
  let state = initialState
  for await (const page of store.read('all')) state = evolveAll(state, decodePage(page))
  return state
}

test('commands that come together are decided one after the other, and all of them are in the log', async () => {
  const store = inMemoryEventStore()
  const submitter = over(store)
  await submitter.submit(registration)()
  const ids = Array.from({ length: 100 }, (_, index) => `job_${index}`)
  const results = await Promise.all(ids.map((id) => submitter.submit(request(id))()))
  assert.ok(results.every(E.isRight))
  assert.equal([...submitter.state().jobs.keys()], ids)
  assert.equal(submitter.state(), await foldOf(store))
})

test('what another writer put into the log is read before the command is decided again', async () => {
  const store = inMemoryEventStore()
  const [mine, other] = [over(store), createSubmitter({ store, clock, ids: { fresh: () => 'other' }, state: initialState })]
  await other.submit(registration)()
  assert.is(refusalOf(await mine.submit(registration)()), 'IdTaken')
  assert.ok(E.isRight(await mine.submit(request('job_1'))()))
  assert.equal(mine.state(), await foldOf(store))
})

test('a failing commit takes nothing with it: what came after it in the same batch is decided again', async () => {
  const inner = inMemoryEventStore()
  let full = false
  const store: EventStore = {
    ...inner,
    append: (commit) => (full && commit.command['jobId'] === 'job_2' ? TE.left({ tag: 'Full', detail: 'test' }) : inner.append(commit)),
  }
  const submitter = over(store)
  await submitter.submit(registration)()
  full = true
  const results = await Promise.all(['job_1', 'job_2', 'job_3'].map((id) => submitter.submit(request(id))()))
  assert.equal(
    results.map((result) => result._tag),
    ['Right', 'Left', 'Right'],
  )
  assert.equal([...submitter.state().jobs.keys()], ['job_1', 'job_3'])
  assert.equal(submitter.state(), await foldOf(store))
})

test('a write of unknown outcome is asked for again under its id, and is in the log once', async () => {
  const inner = inMemoryEventStore()
  let lost = 2
  const store: EventStore = {
    ...inner,
    append: (commit) => async () => {
      const appended = await inner.append(commit)()
      return lost-- > 0 ? E.left({ tag: 'OutcomeUnknown', commitId: commit.commitId, detail: 'the answer was lost' }) : appended
    },
  }
  const submitter = over(store)
  assert.ok(E.isRight(await submitter.submit(registration)()))
  assert.is((await foldOf(inner)).position, 1)
})

test('the same key with the same body makes one thing, with another body it is refused', async () => {
  const submitter = over(inMemoryEventStore())
  await submitter.submit(registration)()
  const keyed = (jobId: string, fingerprint: string): Submission => ({
    ...request(jobId),
    key: { keyHash: 'k', fingerprint, madeId: jobId },
  })
  const first = await submitter.submit(keyed('job_1', 'a'))()
  const again = await submitter.submit(keyed('job_2', 'a'))()
  assert.is(E.isRight(first) && first.right.madeBefore, null)
  assert.is(E.isRight(again) && again.right.madeBefore, 'job_1')
  assert.equal([...submitter.state().jobs.keys()], ['job_1'])
  assert.is(refusalOf(await submitter.submit(keyed('job_3', 'b'))()), 'IdempotencyKeyReused')
})

test('two requests under one key in the same batch make one thing', async () => {
  const submitter = over(inMemoryEventStore())
  await submitter.submit(registration)()
  const keyed = (jobId: string): Submission => ({ ...request(jobId), key: { keyHash: 'k', fingerprint: 'a', madeId: jobId } })
  const [first, second] = await Promise.all([submitter.submit(keyed('job_1'))(), submitter.submit(keyed('job_2'))()])
  assert.is(E.isRight(first) && first.right.madeBefore, null)
  assert.is(E.isRight(second) && second.right.madeBefore, 'job_1')
})

test('a key is forgotten after 24 hours', async () => {
  const time = virtualClock('2026-11-03T02:00:00.000Z')
  const submitter = createSubmitter({ store: inMemoryEventStore(), clock: time, ids: countingIds(), state: initialState })
  await submitter.submit(registration)()
  const keyed = (jobId: string): Submission => ({ ...request(jobId), key: { keyHash: 'k', fingerprint: jobId, madeId: jobId } })
  await submitter.submit(keyed('job_1'))()
  time.advance(24 * 3_600_000)
  assert.is(refusalOf(await submitter.submit(keyed('job_2'))()), 'IdempotencyKeyReused')
  time.advance(1)
  assert.ok(E.isRight(await submitter.submit(keyed('job_2'))()))
})

test('a command about a finished job is decided on its own events, also in the batch that ends it', async () => {
  const submitter = over(inMemoryEventStore())
  await submitter.submit(registration)()
  await submitter.submit(request('job_1'))()
  const cancel: Submission = { ...anna, command: { type: 'CancelJob', jobId: 'job_1', reason: 'test', force: false } }
  const [first, second] = await Promise.all([submitter.submit(cancel)(), submitter.submit(cancel)()])
  assert.ok(E.isRight(first))
  assert.is(refusalOf(second), 'AlreadyFinished')
  assert.ok(E.isRight(await submitter.submit({ ...anna, command: { type: 'DeleteJobEntry', jobId: 'job_1' } })()))
  assert.is(refusalOf(await submitter.submit(cancel)()), 'EntryDeleted')
  assert.is(
    refusalOf(await submitter.submit({ ...anna, command: { type: 'CancelJob', jobId: 'nobody', reason: '', force: false } })()),
    'JobNotFound',
  )
})

test('a log that cannot be written answers why, and the next command is decided as if nothing had been asked', async () => {
  const inner = inMemoryEventStore()
  let busy = true
  const store: EventStore = { ...inner, append: (commit) => (busy ? TE.left({ tag: 'Busy', waitedMs: 5_000 }) : inner.append(commit)) }
  const submitter = over(store)
  const failed = await submitter.submit(registration)()
  assert.is(E.isLeft(failed) && failed.left.tag === 'StoreFailed' && failed.left.error.tag, 'Busy')
  busy = false
  assert.ok(E.isRight(await submitter.submit(registration)()))
})

test('every event carries the tags of what it is about, also when its commit makes or ends the job', async () => {
  const store = inMemoryEventStore()
  const submitter = over(store)
  await submitter.submit(registration)()
  await submitter.submit(request('job_1'))()
  await submitter.submit({ ...anna, command: { type: 'DeleteJobEntry', jobId: 'job_1' } })()
  const tags: string[] = []
  for await (const page of store.read([{ tags: ['job:job_1'] }])) tags.push(...page.map((event) => `${event.type} ${event.tags.join(' ')}`))
  assert.equal(tags, [
    'JobRequested job:job_1 repository:laptop',
    'JobCancelled job:job_1 repository:laptop',
    'JobEntryDeleted job:job_1 repository:laptop',
  ])
})

test.run()
