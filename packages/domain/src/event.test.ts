import { everyEvent } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type DomainEvent, eventTypes, eventVersion, fromStored, toStored } from './event.js'
import type { StoredShape } from './upcast.js'

const throughJson = (stored: StoredShape): StoredShape => JSON.parse(JSON.stringify(stored)) as StoredShape
const samples = Object.entries(everyEvent) as ReadonlyArray<readonly [string, ReadonlyArray<DomainEvent>]>
const started: StoredShape = { type: 'StepStarted', version: 1, data: { jobId: 'job_1', step: 'create' } }

test('every type of event has samples', () => {
  assert.equal(samples.map(([type]) => type).sort(), [...eventTypes].sort())
})

for (const [type, events] of samples) {
  test(`${type} comes back from the log as it was`, () => {
    for (const event of events) {
      assert.is(event.type, type)
      assert.equal(fromStored(throughJson(toStored(event))), E.right(event))
    }
  })

  test(`${type} is not read when a field of it is missing`, () => {
    for (const event of events) {
      const stored = toStored(event)
      for (const field of Object.keys(stored.data)) {
        const { [field]: _, ...rest } = stored.data
        const decoded = fromStored({ ...stored, data: rest })
        assert.ok(E.isLeft(decoded), `${type} without ${field}`)
        assert.match(decoded.left, new RegExp(`^${type}: ${field}`))
      }
    }
  })
}

test('the type stands beside the data, with the version of today', () => {
  assert.equal(toStored({ type: 'StepStarted', jobId: 'job_1', step: 'create' }), started)
  assert.is(eventVersion, 1)
})

test('what cannot be read says which event, which field, and why', () => {
  const read = (over: Partial<StoredShape>) => fromStored({ ...started, ...over })
  assert.equal(read({ type: 'StepSkipped' }), E.left('unknown event type StepSkipped, version 1'))
  assert.equal(read({ version: 2 }), E.left('unknown event type StepStarted, version 2'))
  assert.equal(read({ version: 0 }), E.left('unknown event type StepStarted, version 0'))
  assert.equal(read({ data: { jobId: 'job_1', step: '' } }), E.left('StepStarted: step: expected a text of 1 to 4096 characters, got ""'))
})

test('a field that is not known yet is kept, so that an older program loses nothing', () => {
  const decoded = fromStored({ ...started, data: { ...started.data, colour: 'red' } })
  assert.equal(decoded, E.right({ type: 'StepStarted', jobId: 'job_1', step: 'create', colour: 'red' }))
})

test('data cannot pass itself off as another type', () => {
  const decoded = fromStored({ ...started, data: { ...started.data, type: 'JobFailed' } })
  assert.equal(decoded, E.right({ type: 'StepStarted', jobId: 'job_1', step: 'create' }))
})

test('the trigger of a request is checked in every part', () => {
  const requested = toStored(everyEvent.JobRequested[0])
  const by = (trigger: unknown) => E.isRight(fromStored({ ...requested, data: { ...requested.data, trigger } }))
  assert.ok(by({ kind: 'manual' }))
  assert.ok(by({ kind: 'manual', scheduleId: 'every-night' }))
  assert.not(by({ kind: 'manual', scheduleId: 5 }))
  assert.not(by({ kind: 'schedule', scheduleId: 'every-night' }))
  assert.not(by({ kind: 'parent' }))
  assert.not(by({ kind: 'magic' }))
})

test.run()
