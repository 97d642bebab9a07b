import { everyEvent } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import { explainer } from './index.js'
import { sayDuration } from './phrases.js'

const recorded = (event: DomainEvent, position = 1, at = '2026-11-03T02:13:00.000Z') => ({ event, position, at, actor: 'user:anna' })

test('every event has a sentence, with nothing in it that is no word', () => {
  for (const events of Object.values(everyEvent) as ReadonlyArray<ReadonlyArray<DomainEvent>>)
    for (const event of events) {
      const { sentence } = explainer(null)(recorded(event))
      assert.match(sentence, /^\S.*[.]$/s, event.type)
      assert.not.match(sentence, /undefined|null|\[object/, `${event.type}: ${sentence}`)
    }
})

test('a job that waited says for how long and for whom when it starts', () => {
  const explain = explainer('job_2')
  const at = (minute: number) => `2026-11-03T02:${minute}:00.000Z`
  const [requested] = everyEvent.JobRequested
  explain(recorded({ ...requested, jobId: 'job_2' }, 1, at(10)))
  explain(recorded({ type: 'JobHeldBack', jobId: 'job_2', reason: 'repository-busy', jobs: ['job_1'] }, 2, at(10)))
  const { sentence } = explain(recorded({ type: 'JobStarted', jobId: 'job_2', host: 'h', claim: null }, 3, at(25)))
  assert.is(sentence, 'It started on h, after it had waited 15 min (last because its repository is in use by job_1).')
})

test('what is about another job says so', () => {
  const explain = explainer('job_1')
  assert.match(explain(recorded({ type: 'StepStarted', jobId: 'job_1-prune', step: 'prune' })).sentence, /^job_1-prune: Step prune began/)
})

test('durations are said by their two largest units', () => {
  const said = [0, 999, 1_000, 61_000, 3_600_000, 90_061_000].map(sayDuration)
  assert.equal(said, ['0 ms', '999 ms', '1 s', '1 min 1 s', '1 h', '1 d 1 h'])
})

test.run()
