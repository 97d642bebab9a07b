import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Delivery, DomainEvent } from '@borgledger/domain'
import type { DeliveriesQuery, Page, ReadModels } from '@borgledger/engine'
import { notificationQueued, targetAdded } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { recorded, requested } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'deliveries-'))
let models: ReadModels
const queued = (nth: number, targetId = 'phone'): DomainEvent => notificationQueued({ targetId }, { jobId: `job_${nth}` })

test.before(async () => {
  models = await openModels({ file: join(directory, 'read.db') })
  const events = [targetAdded(), targetAdded('mail'), requested('job_1'), queued(1), queued(2, 'mail'), queued(3), queued(4)]
  assert.equal(await models.apply(recorded(events))(), E.right(undefined))
})
test.after(async () => {
  await models.close()
  rmSync(directory, { recursive: true })
})

const listed = async (query: Partial<DeliveriesQuery> = {}): Promise<Page<Delivery>> => {
  const page = await models.deliveries({ limit: 50, ...query })()
  if (E.isLeft(page)) throw new Error('the list was refused')
  return page.right
}
const jobs = ({ items }: Page<Delivery>): ReadonlyArray<string | null> => items.map(({ jobId }) => jobId)

test('deliveries are listed newest first, in pages that move with nothing', async () => {
  const first = await listed({ limit: 2 })
  assert.equal(jobs(first), ['job_4', 'job_3'])
  await models.apply(recorded([queued(5)], 8))()
  const second = await listed({ limit: 2, cursor: first.nextCursor ?? '' })
  assert.equal([jobs(second), second.nextCursor], [['job_2', 'job_1'], null])
})

test('the deliveries of one target are listed alone', async () => {
  assert.equal(jobs(await listed({ targetId: 'mail' })), ['job_2'])
  assert.equal(jobs(await listed({ targetId: 'nobody' })), [])
})

test('a cursor of another list is refused, and so is a limit beyond 200', async () => {
  for (const cursor of ['', 'x', Buffer.from('jobs-before:3').toString('base64url')])
    assert.equal(await models.deliveries({ limit: 1, cursor })(), E.left({ tag: 'BadCursor' }))
  const { nextCursor } = await listed({ limit: 1 })
  assert.equal(await models.jobs({ limit: 1, cursor: nextCursor ?? '' })(), E.left({ tag: 'BadCursor' }))
  await models
    .deliveries({ limit: 201 })()
    .then(
      () => assert.unreachable(),
      (cause: unknown) => assert.instance(cause, RangeError),
    )
})

test('targets and deliveries are found by their ids', async () => {
  assert.equal(
    (await models.targets()).map(({ id }) => id),
    ['mail', 'phone'],
  )
  assert.is((await models.target('mail')())?.kind, 'webhook')
  assert.is(await models.target('nobody')(), null)
  assert.is((await models.delivery('job_1:backup-failure:phone')())?.state, 'queued')
  assert.is(await models.delivery('nothing')(), null)
})

test.run()
