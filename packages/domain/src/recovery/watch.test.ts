/** The watch over unattended jobs: what is proven gone ends, what is seen again is followed. */
import { backupRequested, backupRunning, given, jobRunning, jobStarted, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'

type Traces = EventOf<'JobRecovered'>['traces']
const alive: Traces = { report: 'none', liveness: 'alive' }
const gone: Traces = { report: 'none', liveness: 'gone' }
const unknown: Traces = { report: 'none', liveness: 'unknown' }
const ended: Traces = { report: 'ended', liveness: 'gone' }

const newOwner: DomainEvent = { type: 'OwnerStarted', host: 'host-b', software: '1', rules: 1 }
const recovered = (traces: Traces, decision: EventOf<'JobRecovered'>['decision']): DomainEvent => ({
  type: 'JobRecovered',
  jobId: 'job_1',
  traces,
  decision,
})
const looked = (traces: Traces): DomainEvent => ({ type: 'JobLookedAt', jobId: 'job_1', traces })
const watch = (traces: Traces) => ({ type: 'WatchJob', jobId: 'job_1', traces }) as const

const deleting = given(repositoryRegistered(), jobRunning('archive-delete'), newOwner, recovered(alive, 'leave'))
const first = '2026-11-03T03:00:00.000Z'
const almost = '2026-11-03T03:00:59.999Z'
const minute = '2026-11-03T03:01:00.000Z'

test('a delete whose process is gone ends only when it is gone at two looks a minute apart', () => {
  deleting.when(watch(gone), { at: first }).thenExactly(looked(gone))
  const seenOnce = deleting.later(first, looked(gone))
  seenOnce.when(watch(gone), { at: almost }).thenNothing()
  seenOnce.when(watch(gone), { at: minute }).thenExactly(recovered(gone, 'fail'))
})

test('one look at which it is there, or cannot be seen, and the minute begins anew', () => {
  for (const between of [alive, unknown]) {
    const seenOnce = deleting.later(first, looked(gone))
    seenOnce.when(watch(between), { at: minute }).thenExactly(looked(between))
    const seenBetween = seenOnce.later(first, looked(between))
    seenBetween.when(watch(between), { at: minute }).thenNothing()
    seenBetween.when(watch(gone), { at: minute }).thenExactly(looked(gone))
  }
})

test('a delete or an install that lives stays unattended; its report is taken in when it has ended', () => {
  for (const type of ['archive-delete', 'package-install'] as const) {
    const left = given(repositoryRegistered(), jobRunning(type), newOwner, recovered(alive, 'leave'))
    left.when(watch(alive)).thenNothing()
    left.when(watch(ended)).thenExactly(recovered(ended, 'follow'))
  }
})

test('one that never had a process fails at the second look', () => {
  const never: Traces = { report: 'never', liveness: 'gone' }
  const before = given(repositoryRegistered(), jobRunning('archive-delete').slice(0, -1), newOwner, recovered(never, 'leave'))
  before.later(first, looked(never)).when(watch(never), { at: minute }).thenTypes('JobRecovered', 'JobFailed')
})

test('any other job is followed as soon as its process is seen again, and stopped only when somebody asked for that', () => {
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
  const left = [repositoryRegistered(), backupRunning(), newOwner, recovered(unknown, 'leave')]
  given(...left)
    .when(watch(alive))
    .thenExactly(recovered(alive, 'follow'))
  given(...left, asked)
    .when(watch(alive))
    .thenExactly(recovered(alive, 'stop'))
  given(...left)
    .when(watch(unknown))
    .thenNothing()
})

test('a job that is attended to, waits or is over is none of its business', () => {
  given(repositoryRegistered(), backupRunning()).when(watch(gone)).thenNothing()
  given(repositoryRegistered(), backupRequested(), jobStarted()).when(watch(gone)).thenNothing()
  given(repositoryRegistered(), backupRequested()).when(watch(gone)).thenNothing()
})

test.run()
