/** A schedule and what became of its due instants, as they are answered. */
import { Count, closed, Instant, Missed, nullable, Overlap, Positive } from '@borgledger/domain'
import type { Schedule, Tick } from 'borgledger'
import * as t from 'io-ts'
import { Fault, recordOf, texts } from './shape.js'

export const TickRecord = recordOf<Tick>()(
  closed(
    'what became of a due instant',
    { dueAt: Instant, outcome: t.keyof({ queued: null, fired: null, skipped: null, failed: null }), at: Instant, position: Count },
    { reason: t.string, jobId: t.string, until: Instant, count: Positive, jobs: texts, error: Fault, retryAt: Instant },
  ),
)

/** `job`: as it was sent. */
export const ScheduleRecord = recordOf<Schedule>()(
  closed(
    'a schedule',
    {
      id: t.string,
      name: t.string,
      cron: t.string,
      timeZone: t.string,
      enabled: t.boolean,
      job: t.UnknownRecord,
      overlap: Overlap,
      missed: Missed,
      windowMs: nullable(Positive),
      nextDueAt: nullable(Instant),
      lastTick: nullable(TickRecord),
      position: Count,
    },
    {},
  ),
)
