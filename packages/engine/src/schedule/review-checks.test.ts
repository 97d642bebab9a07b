import { type DomainEvent, defaultSettings, evolveAll, initialState, type RunTraces } from '@borgledger/domain'
import { inMemoryEventStore } from '@borgledger/eventstore'
import {
  countingIds,
  jobRequested,
  jobStarted,
  ownerReady,
  repositoryRegistered,
  runPrepared,
  runSpawned,
  runWork,
  virtualClock,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createSubmitter } from '../submit/submitter.js'
import { reviewChecks } from './review-checks.js'

const start = '2026-11-03T02:13:00.000Z'
const { staleCheckAfterMs: staleMs } = defaultSettings
const trigger = { kind: 'schedule', scheduleId: 'weekly', dueAt: start } as const
const requested = jobRequested('check', 'job_1', { slot: 'scheduled-check', trigger })
const run = [jobStarted(), runPrepared('job_1', { step: 'check', work: runWork('check') }), runSpawned()]

/** What is recorded when the checks are looked at so long after the start. */
const reviewedAfter = async (ms: number, facts: ReadonlyArray<DomainEvent>, traces: RunTraces): Promise<ReadonlyArray<string>> => {
  const clock = virtualClock(start)
  const state = evolveAll(
    initialState,
    [...ownerReady(), repositoryRegistered(), ...facts].map((event) => ({ event, position: 0, at: start, actor: 'user:anna' })),
  )
  const submitter = createSubmitter({ store: inMemoryEventStore(), clock, ids: countingIds(), state })
  const recorded: string[] = []
  submitter.committed$.subscribe(({ event }) => recorded.push(event.type === 'JobFailed' ? event.error.code : event.type))
  clock.advance(ms)
  await reviewChecks({ submitter, clock, runner: { inspect: () => async () => traces } })
  return recorded
}

const gone: RunTraces = { report: 'none', liveness: 'gone' }

test('a check whose process is gone is found stale after fifteen minutes and a millisecond, and not before', async () => {
  assert.equal(await reviewedAfter(staleMs, [requested, ...run], gone), [])
  assert.equal(await reviewedAfter(staleMs + 1, [requested, ...run], gone), ['JobRecovered'])
  assert.equal(await reviewedAfter(staleMs + 1, [requested, ...run], { report: 'none', liveness: 'alive' }), [])
})

test('one that is still pending has failed by then', async () => {
  assert.equal((await reviewedAfter(staleMs + 1, [requested], gone))[0], 'stale-pending')
  assert.equal(await reviewedAfter(staleMs, [requested], gone), [])
})

test('the settings say how old that is', async () => {
  const hour: DomainEvent = { type: 'SettingsChanged', changes: { staleCheckAfterMs: 3_600_000 } }
  assert.equal(await reviewedAfter(3_600_000, [hour, requested, ...run], gone), [])
  assert.equal(await reviewedAfter(3_600_001, [hour, requested, ...run], gone), ['JobRecovered'])
})

test.run()
