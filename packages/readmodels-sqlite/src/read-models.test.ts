import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DomainEvent, Job } from '@borgledger/domain'
import type { JobsQuery, Page, ReadModels, Snapshot } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { completed, deleted, failed, recorded, registered, requested, started } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'read-models-'))
test.after(() => rmSync(directory, { recursive: true }))

let files = 0
/** Read models that hold these events, for the length of `use`. */
const holding = async (events: ReadonlyArray<DomainEvent>, use: (models: ReadModels) => Promise<void>): Promise<void> => {
  files += 1
  const models = await openModels({ file: join(directory, `${files}.db`) })
  assert.equal(await models.apply(recorded(events))(), E.right(undefined))
  await use(models).finally(models.close)
}

const listed = async (models: ReadModels, query: Partial<JobsQuery>): Promise<Page<Job>> => {
  const page = await models.jobs({ limit: 50, ...query })()
  if (E.isLeft(page)) throw new Error('the list was refused')
  return page.right
}
const ids = ({ items }: Page<Job>): ReadonlyArray<string> => items.map(({ id }) => id)

test('a list is newest first, and its pages have every job once though jobs come in between', () =>
  holding(
    ['a', 'b', 'c', 'd', 'e'].map((id) => requested(id)),
    async (models) => {
      const first = await listed(models, { limit: 2 })
      assert.equal(ids(first), ['e', 'd'])
      await models.apply(recorded([requested('f')], 6))()
      const second = await listed(models, { limit: 2, cursor: first.nextCursor ?? '' })
      assert.equal(ids(second), ['c', 'b'])
      const third = await listed(models, { limit: 2, cursor: second.nextCursor ?? '' })
      assert.equal(ids(third), ['a'])
      assert.is(third.nextCursor, null)
    },
  ))

test('a page that ends with the last job has no next one', () =>
  holding([requested('a'), requested('b')], async (models) => {
    assert.is((await listed(models, { limit: 2 })).nextCursor, null)
    assert.type((await listed(models, { limit: 1 })).nextCursor, 'string')
  }))

test('every field of a query narrows the list', () =>
  holding(
    [
      requested('a', { repositoryId: 'laptop' }),
      requested('b', { repositoryId: 'server', scheduleId: 'nightly' }),
      requested('c', { type: 'check' }),
      started('a'),
    ],
    async (models) => {
      assert.equal(ids(await listed(models, { repositoryId: 'server' })), ['b'])
      assert.equal(ids(await listed(models, { scheduleId: 'nightly' })), ['b'])
      assert.equal(ids(await listed(models, { type: 'check' })), ['c'])
      assert.equal(ids(await listed(models, { state: 'pending' })), ['c', 'b'])
      assert.equal(ids(await listed(models, { state: 'running', repositoryId: 'laptop' })), ['a'])
      assert.equal(ids(await listed(models, { state: 'running', type: 'check' })), [])
      assert.equal(ids(await listed(models, { from: '2026-11-03T02:13:02.000Z' })), ['c', 'b'])
      assert.equal(ids(await listed(models, { to: '2026-11-03T02:13:02.000Z' })), ['a'])
    },
  ))

test('a cursor that is none of ours is refused', () =>
  holding([requested('a')], async (models) => {
    const ours = (await holdingCursor(models)) ?? ''
    for (const cursor of ['', '1', 'x', `${ours}=`, `${ours}A`, Buffer.from('jobs-before:-1').toString('base64url'), '\u0000'])
      assert.equal(await models.jobs({ limit: 1, cursor })(), E.left({ tag: 'BadCursor' }), JSON.stringify(cursor))
    assert.ok(E.isRight(await models.jobs({ limit: 1, cursor: ours })()))
  }))

const holdingCursor = async (models: ReadModels): Promise<string | null> => {
  await models.apply(recorded([requested('b')], 2))()
  return (await listed(models, { limit: 1 })).nextCursor
}

test('a limit outside of 1 to 200 is a mistake of the program', () =>
  holding([], async (models) => {
    for (const limit of [0, 201, 1.5]) {
      const error = await models
        .jobs({ limit })()
        .catch((caught: unknown) => caught)
      assert.instance(error, RangeError)
    }
  }))

test('a deleted entry is told apart from a job that never was, and is in no list', () =>
  holding([requested('a'), requested('b'), deleted('a')], async (models) => {
    assert.equal(await models.job('a')(), { tag: 'Deleted', at: '2026-11-03T02:13:03.000Z' })
    assert.equal(await models.job('c')(), { tag: 'Unknown' })
    assert.is((await models.job('b')()).tag, 'Found')
    assert.equal(ids(await listed(models, {})), ['b'])
    assert.equal(ids(await listed(models, { state: 'pending' })), ['b'])
  }))

test('a child shows in its parent, and the end of a backup in its repository', () =>
  holding([registered('laptop'), requested('a'), requested('b', { parent: 'a' }), completed('a')], async (models) => {
    const parent = await models.job('a')()
    assert.equal(parent.tag === 'Found' && parent.job.childJobIds, ['b'])
    const laptop = await models.repository('laptop')()
    assert.equal(laptop?.lastBackup, {
      id: 'a',
      state: 'completed',
      outcome: 'success',
      finishedAt: '2026-11-03T02:13:04.000Z',
      deleted: false,
    })
    assert.is(await models.repository('server')(), null)
  }))

test('a page on which a projection throws leaves nothing behind, and says where', () =>
  holding([registered('laptop')], async (models) => {
    const before = JSON.stringify([await models.repositories(), await listed(models, {})])
    const broken = { ...requested('b'), work: null } as unknown as DomainEvent
    const applied = await models.apply(recorded([requested('a'), broken, requested('c')], 2))()
    assert.ok(E.isLeft(applied))
    assert.equal([applied.left.tag, applied.left.position], ['ProjectionFailed', 3])
    assert.is(JSON.stringify([await models.repositories(), await listed(models, {})]), before)
    assert.is(await models.position(), 1)
    assert.equal(await models.apply(recorded([requested('a')], 2))(), E.right(undefined))
    assert.equal(ids(await listed(models, {})), ['a'])
  }))

test('a row that cannot be written takes the other rows of its page with it', () =>
  holding([], async (models) => {
    const unwritable = { ...requested('b'), series: 1n } as unknown as DomainEvent
    const applied = await models.apply(recorded([requested('a'), unwritable]))()
    assert.ok(E.isLeft(applied))
    assert.equal(ids(await listed(models, {})), [])
    assert.is(await models.position(), 0)
  }))

test('a page that leaves out events is refused', () =>
  holding([requested('a')], async (models) => {
    const applied = await models.apply(recorded([requested('b')], 3))()
    assert.ok(E.isLeft(applied))
    assert.equal([applied.left.position, applied.left.message], [3, 'the tables hold the log up to 1, and the page goes on at 3'])
    assert.is(await models.position(), 1)
  }))

test('closing twice is fine', () => holding([], async (models) => models.close()))

/** Ends with a log of twelve bytes. */
const ended = (id: string): ReadonlyArray<DomainEvent> => [requested(id), started(id), failed(id)]
const logRemoved = (jobId: string): DomainEvent => ({ type: 'LogRemoved', jobId, reason: 'age' })
const first = async (models: ReadModels): Promise<ReadonlyArray<string>> => (await models.keptLogs(null, 10)()).map(({ jobId }) => jobId)

test('the logs that are kept come in the order of their jobs’ ends, a page at a time, and sum up', () =>
  holding([...ended('b'), ...ended('a'), requested('d'), started('d'), ...ended('c'), requested('e')], async (models) => {
    assert.is(await models.keptLogBytes(), 36)
    const [one, two, ...none] = await models.keptLogs(null, 2)()
    assert.equal([one?.jobId, one?.finishedAt, one?.bytes, two?.jobId, none], ['b', '2026-11-03T02:13:03.000Z', 12, 'a', []])
    assert.equal(
      (await models.keptLogs(two ?? null, 2)()).map(({ jobId }) => jobId),
      ['c'],
    )
  }))

test('a log that was removed, or whose entry was deleted, is none that is kept', () =>
  holding([...ended('a'), ...ended('b'), ...ended('c'), logRemoved('a'), deleted('b')], async (models) => {
    assert.equal(await first(models), ['c'])
    assert.is(await models.keptLogBytes(), 12)
    await models.apply(recorded([logRemoved('c'), logRemoved('b')], 12))()
    assert.equal([await first(models), await models.keptLogBytes()], [[], 0])
  }))

const kept = (position: number): Snapshot => ({ position, hash: 'f'.repeat(64), shape: 's', state: `{"ä":${position}}`, digest: 'd' })

test('one state is kept, the newest, until the tables are emptied', () =>
  holding([], async ({ snapshots, reset }) => {
    assert.is(await snapshots.newest(), null)
    for (const position of [7, 9]) await snapshots.keep(kept(position))()
    assert.equal(await snapshots.newest(), kept(9))
    await reset()
    assert.is(await snapshots.newest(), null)
  }))

test.run()
