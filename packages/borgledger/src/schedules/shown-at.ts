/** A schedule as people see it at an instant: now, or then. */
import { nextDue, type ScheduleDefinition, type Tick } from '@borgledger/domain'
import type { PastSchedule } from '@borgledger/engine'

export interface Schedule extends Omit<ScheduleDefinition, 'job'> {
  readonly id: string
  /** As it was sent: the type, the repository and the spec, side by side. */
  readonly job: { readonly type: string; readonly repositoryId: string | null; readonly [field: string]: unknown }
  /** Null while it is disabled, and when it is never due again. */
  readonly nextDueAt: string | null
  readonly lastTick: Tick | null
  /** Position of its last change. */
  readonly position: number
}

/** `now`: RFC 3339 in UTC with milliseconds; what is due next is due after it. */
export const shownAt = (now: string, schedule: PastSchedule): Schedule => {
  const { scheduleId: id, revision: position, definition, lastTick } = schedule
  const { job, ...rest } = definition
  const { type, spec } = job.work
  const nextDueAt = definition.enabled ? nextAfter(schedule, now) : null
  return { id, ...rest, job: { type, repositoryId: job.repositoryId, ...spec }, nextDueAt, lastTick, position }
}

/** Null also in a time zone that is not known any more. */
const nextAfter = ({ definition, accountedUntil }: PastSchedule, now: string): string | null => {
  try {
    return nextDue({ definition, accountedUntil: later(now, accountedUntil) })
  } catch {
    return null
  }
}

export const later = (one: string, other: string): string => (one > other ? one : other)
