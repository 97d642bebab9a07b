import {
  afterFirst,
  atFirst,
  evidenceOf,
  given,
  jobFailed,
  jobRequested,
  jobStarted,
  ownerReady,
  reportRunEnded,
  repositoryRegistered,
  runPrepared,
  runSpawned,
  runWork,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'
import { defaultSettings } from '../settings/index.js'

type Traces = EventOf<'JobRecovered'>['traces']

const { staleCheckAfterMs: staleMs } = defaultSettings
const trigger = { kind: 'schedule', scheduleId: 'weekly', dueAt: atFirst } as const
const requested = jobRequested('check', 'job_1', { slot: 'scheduled-check', trigger })
const run = [jobStarted(), runPrepared('job_1', { step: 'check', work: runWork('check') }), runSpawned()]
const pending = given(ownerReady(), repositoryRegistered(), requested)
const running = given(ownerReady(), repositoryRegistered(), requested, run)

const review = (traces: Traces | null = null) => ({ type: 'ReviewCheck', jobId: 'job_1', traces }) as const
const exactly = { at: afterFirst(staleMs) }
const oneMore = { at: afterFirst(staleMs + 1) }
const gone: Traces = { report: 'none', liveness: 'gone' }
const recovered = (traces: Traces, decision: EventOf<'JobRecovered'>['decision']): DomainEvent => ({
  type: 'JobRecovered',
  jobId: 'job_1',
  traces,
  decision,
})

test('a scheduled check that is pending for exactly 15 minutes is not stale, and one millisecond more is', () => {
  pending.when(review(), exactly).thenNothing()
  pending.when(review(), oneMore).thenExactly(
    jobFailed('job_1', {
      error: { code: 'stale-pending', message: 'the scheduled check waited for more than 15 minutes' },
      verdict: { rule: 'stale', version: 1 },
    }),
  )
})

test('the age is that of the settings, said in words, and exactly that age is not stale', () => {
  for (const [ms, words] of [
    [0, '0 minutes'],
    [60_000, '1 minute'],
    [90_000, '90 seconds'],
    [1_500, '1500 ms'],
    [3_600_000, '60 minutes'],
  ] as const) {
    const age: DomainEvent = { type: 'SettingsChanged', changes: { staleCheckAfterMs: ms } }
    const waiting = given(ownerReady(), repositoryRegistered(), age, requested)
    waiting.when(review(), { at: afterFirst(ms) }).thenNothing()
    waiting.when(review(), { at: afterFirst(ms + 1) }).thenExactly(
      jobFailed('job_1', {
        error: { code: 'stale-pending', message: `the scheduled check waited for more than ${words}` },
        verdict: { rule: 'stale', version: 1 },
      }),
    )
    const left = given(ownerReady(), repositoryRegistered(), age, requested, run)
    left.when(review(gone), { at: afterFirst(ms) }).thenNothing()
    left.when(review(gone), { at: afterFirst(ms + 1) }).thenExactly(recovered(gone, 'stale'))
  }
})

test('a limit of 0 keeps no check from being stale', () => {
  const none: DomainEvent = { type: 'SettingsChanged', changes: { maxConcurrentScheduledChecks: 0 } }
  given(ownerReady(), repositoryRegistered(), none, requested).when(review(), oneMore).thenTypes('JobFailed')
})

test('a running one whose process is gone is stale after the same time, and what it left is listened to first', () => {
  running.when(review(gone), exactly).thenNothing()
  running.when(review(gone), oneMore).thenExactly(recovered(gone, 'stale'))
})

test('without a report it has failed', () => {
  const stale = given(ownerReady(), repositoryRegistered(), requested, run, recovered(gone, 'stale'))
  const ended = reportRunEnded('job_1', { evidence: evidenceOf('check', { exit: null }) })
  const { decision } = stale.when(ended)
  const end = decision._tag === 'Right' ? decision.right.find(({ type }) => type === 'JobFailed') : undefined
  if (end?.type !== 'JobFailed' || end.error.code !== 'stale-running') throw new Error(JSON.stringify(decision))
})

test('a report that it left says how it ended, found stale or not', () => {
  given(ownerReady(), repositoryRegistered(), requested, run, recovered({ report: 'ended', liveness: 'gone' }, 'stale'))
    .when(reportRunEnded('job_1', { evidence: evidenceOf('check'), logBytes: null }))
    .thenTypes('RunEnded', 'StepFinished', 'JobCompleted')
})

test('one that is alive goes on, and one that nobody can see is left and shown', () => {
  const unknown: Traces = { report: 'none', liveness: 'unknown' }
  const alive: Traces = { report: 'none', liveness: 'alive' }
  running.when(review(alive), oneMore).thenNothing()
  running.when(review(unknown), oneMore).thenExactly(recovered(unknown, 'leave'))
  const left = running.later(atFirst, recovered(unknown, 'leave'))
  left.when(review(unknown), oneMore).thenNothing()
  left.when(review(gone), oneMore).thenExactly(recovered(gone, 'stale'))
})

test('a check without a process of its own, as between two attempts, is not stale for that', () => {
  given(ownerReady(), repositoryRegistered(), requested, jobStarted()).when(review(null), oneMore).thenNothing()
  given(ownerReady(), repositoryRegistered(), requested, run.slice(0, 2))
    .when(review({ report: 'never', liveness: 'gone' }), oneMore)
    .thenNothing()
})

test('only scheduled checks are looked at so', () => {
  given(ownerReady(), repositoryRegistered(), jobRequested('check'), run).when(review(gone), oneMore).thenNothing()
  given(ownerReady(), repositoryRegistered(), jobRequested('check')).when(review(), oneMore).thenNothing()
})

test.run()
