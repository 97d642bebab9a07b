import type { RecordedEvent } from '@borgledger/eventstore'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from './decode.js'

const stored: RecordedEvent = {
  position: 7,
  id: 'c1-1',
  type: 'StepStarted',
  version: 1,
  tags: ['job:job_1'],
  data: { jobId: 'job_1', step: 'create' },
  at: '2026-11-03T02:13:00.000Z',
  actor: 'user:anna',
  commitId: 'c1',
  correlationId: 'c1',
  causationId: null,
}

test('a stored event is read with its circumstances', () => {
  const event = { type: 'StepStarted', jobId: 'job_1', step: 'create' } as const
  assert.equal(decodePage([stored]), [{ event, position: 7, at: stored.at, actor: stored.actor }])
})

test('an event that cannot be read stops the reader at its position', () => {
  assert.throws(() => decodePage([{ ...stored, version: 9 }]), /position 7: unknown event type StepStarted, version 9/)
})

test.run()
