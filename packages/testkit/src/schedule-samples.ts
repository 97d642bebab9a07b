/**
 * Samples of every event about schedules and their due instants.
 */
import type { EventOf, EventType } from '@borgledger/domain'
import { workOf } from './samples.js'
import { scheduleAdded } from './schedules.js'

const dueAt = '2026-11-03T02:00:00.000Z'
const openTick = { scheduleId: 'nightly', dueAt, fireBy: '2026-11-04T02:00:00.000Z' }
const tickError = { code: 'repository-not-found', message: 'there is no repository laptop' }
const skippedAs = (reason: EventOf<'TicksSkipped'>['reason']): EventOf<'TicksSkipped'> => ({
  type: 'TicksSkipped',
  scheduleId: 'nightly',
  dueAt,
  until: dueAt,
  count: 1,
  reason,
})

type ScheduleEventType = Extract<EventType, `Schedule${string}` | `Tick${string}`>

export const everyScheduleEvent: { readonly [T in ScheduleEventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  ScheduleAdded: [
    scheduleAdded(),
    scheduleAdded('checks', {
      cron: '*/10 0 3 * * 1-5',
      timeZone: 'Australia/Lord_Howe',
      enabled: false,
      job: { work: workOf('check'), repositoryId: 'laptop' },
      overlap: 'queue-one',
      missed: 'all',
      windowMs: 3_600_000,
    }),
  ],
  ScheduleChanged: [
    { ...scheduleAdded('nightly', { overlap: 'allow', missed: 'skip' }), type: 'ScheduleChanged' },
    { ...scheduleAdded('packages', { job: { work: workOf('package-install'), repositoryId: null } }), type: 'ScheduleChanged' },
  ],
  ScheduleRemoved: [{ type: 'ScheduleRemoved', scheduleId: 'nightly', accountedUntil: dueAt }],
  TickQueued: [
    { ...openTick, type: 'TickQueued', reason: 'overlap', jobs: ['job_1'] },
    { ...openTick, type: 'TickQueued', reason: 'limit-reached', jobs: ['job_1', 'job_2'] },
    { ...openTick, type: 'TickQueued', reason: 'repository-busy', jobs: ['job_1'] },
    { ...openTick, type: 'TickQueued', reason: 'host-stopped', jobs: [] },
  ],
  TickFired: [{ type: 'TickFired', scheduleId: 'nightly', dueAt, madeJobId: 'job_nightly-20261103T020000Z' }],
  TicksSkipped: [
    skippedAs('overlap'),
    skippedAs('missed'),
    skippedAs('disabled'),
    { ...skippedAs('window'), until: '2026-11-05T02:00:00.000Z', count: 3 },
  ],
  TickAttemptFailed: [{ ...openTick, type: 'TickAttemptFailed', attempt: 1, error: tickError, retryAt: '2026-11-03T02:01:00.000Z' }],
  TickFailed: [{ type: 'TickFailed', scheduleId: 'nightly', dueAt, error: tickError }],
}
