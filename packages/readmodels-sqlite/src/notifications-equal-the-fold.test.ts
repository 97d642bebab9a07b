// Targets and deliveries in their tables, however the log is cut into pages, are what folding all of it gives, byte for byte.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Delivery, type DomainEvent, foldDelivery, foldTarget, type NotificationTarget } from '@borgledger/domain'
import type { ReadModels } from '@borgledger/engine'
import { notificationQueued, targetAdded } from '@borgledger/testkit'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Log, recorded, requested } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'notifications-'))
test.after(() => rmSync(directory, { recursive: true }))

/** A notification to this target, as it is queued, fails, arrives, or is dropped with its target. */
const about = (targetId: string, jobId: string): readonly [DomainEvent, ...ReadonlyArray<DomainEvent>] => {
  const queued = notificationQueued({ targetId }, { jobId })
  const { deliveryId } = queued
  return [
    queued,
    { type: 'DeliveryFailed', deliveryId, targetId, attempt: 1, error: 'HTTP 500', retryAfterMs: 10_000 },
    { type: 'Delivered', deliveryId, targetId, attempt: 2 },
    { type: 'DeliveryDropped', deliveryId, targetId },
    targetAdded(targetId),
    { type: 'NotificationTargetRemoved', targetId },
  ]
}
const oneEvent = fc
  .tuple(fc.constantFrom('phone', 'mail'), fc.constantFrom('job_1', 'job_2', 'job_3'))
  .chain(([targetId, jobId]) => fc.constantFrom(...about(targetId, jobId), requested('other')))
const anyLog = fc.array(oneEvent, { minLength: 1, maxLength: 60, size: 'max' }).map((events) => recorded(events.filter(isFirst)))
const isFirst = (event: DomainEvent, index: number, all: ReadonlyArray<DomainEvent>): boolean =>
  event.type !== 'JobRequested' || all.findIndex(({ type }) => type === 'JobRequested') === index

/** Nothing of the code under test. */
const foldOf = (log: Log) => {
  const targets = new Map<string, NotificationTarget | undefined>()
  const deliveries = new Map<string, Delivery | undefined>()
  for (const entry of log) {
    const { event } = entry
    if ('deliveryId' in event) deliveries.set(event.deliveryId, foldDelivery(deliveries.get(event.deliveryId), { ...entry, event }))
    else if ('targetId' in event) targets.set(event.targetId, foldTarget({ ...entry, event }))
  }
  const byId = [...targets.values()].filter((target) => target !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
  const queued = log.flatMap(({ event }) => (event.type === 'NotificationQueued' ? [event.deliveryId] : []))
  return { targets: byId, deliveries: [...new Set(queued)].reverse().flatMap((id) => deliveries.get(id) ?? []) }
}

const heldBy = async (models: ReadModels) => {
  const deliveries = await models.deliveries({ limit: 200 })()
  if (E.isLeft(deliveries)) throw new Error('a list without a cursor was refused')
  return { targets: await models.targets(), deliveries: deliveries.right.items }
}

test('tables filled page by page equal the fold of the whole log, and are empty after a reset', async () => {
  const models = await openModels({ file: join(directory, 'read.db') })
  await fc.assert(
    fc.asyncProperty(anyLog, fc.integer({ min: 1, max: 20 }), async (log, size) => {
      await models.reset()
      assert.equal(await heldBy(models), { targets: [], deliveries: [] })
      for (let at = 0; at < log.length; at += size) assert.equal(await models.apply(log.slice(at, at + size))(), E.right(undefined))
      assert.is(JSON.stringify(await heldBy(models)), JSON.stringify(foldOf(log)))
    }),
    { seed: 20261103, numRuns: 60 },
  )
  await models.close()
})

test.run()
