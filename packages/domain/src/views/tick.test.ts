import { everyEvent } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { tickOf } from './tick.js'

const meta = { at: '2026-11-03T02:00:01.000Z', actor: 'system:scheduler', position: 7 }
const dueAt = '2026-11-03T02:00:00.000Z'
const shown = { dueAt, at: meta.at, position: 7 }

test('a fired instant names its job, a failed one its error', () => {
  const [fired] = everyEvent.TickFired
  assert.equal(tickOf({ ...meta, event: fired }), { ...shown, outcome: 'fired', jobId: 'job_nightly-20261103T020000Z' })
  const [failed] = everyEvent.TickFailed
  assert.equal(tickOf({ ...meta, event: failed }), { ...shown, outcome: 'failed', reason: 'repository-not-found', error: failed.error })
})

test('one that waits says for whom, or when it is tried again', () => {
  const [queued] = everyEvent.TickQueued
  assert.equal(tickOf({ ...meta, event: queued }), { ...shown, outcome: 'queued', reason: 'overlap', jobs: ['job_1'] })
  const [attempt] = everyEvent.TickAttemptFailed
  const { error, retryAt } = attempt
  assert.equal(tickOf({ ...meta, event: attempt }), { ...shown, outcome: 'queued', reason: 'retrying', error, retryAt })
})

test('only a range of skipped instants has an end and a count', () => {
  const [one] = everyEvent.TicksSkipped
  assert.equal(tickOf({ ...meta, event: one }), { ...shown, outcome: 'skipped', reason: 'overlap' })
  const until = '2026-11-05T02:00:00.000Z'
  assert.equal(tickOf({ ...meta, event: { ...one, until, count: 3 } }), {
    ...shown,
    outcome: 'skipped',
    reason: 'overlap',
    until,
    count: 3,
  })
})

test.run()
