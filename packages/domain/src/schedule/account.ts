/**
 * What becomes of the instants that came due since a schedule was last accounted for: its policy picks those that fire, the rest is skipped.
 *
 * However many came due at once (the host was away, the clock was set on), at most ten fire, so that there is no storm.
 */
import type { DomainEvent } from '../event.js'
import { foresee, type LedgerState } from '../state.js'
import { caughtUpMax, type DueFacts } from './due.js'
import type { ScheduleEvent, SkipReason } from './events.js'
import { meet } from './fire.js'
import { settleTicks } from './settle.js'
import type { OpenTick, ScheduleState } from './state.js'

/** Found later than this, an instant was missed. */
export const punctualMsMax = 60_000

/** Whether the facts are about the schedule as it is. */
export const isAbout = ({ revision, after }: DueFacts, schedule: ScheduleState): boolean =>
  revision === schedule.revision && after === schedule.accountedUntil

export const accountFor = (schedule: ScheduleState, due: DueFacts, state: LedgerState, at: string): ReadonlyArray<DomainEvent> => {
  const { scheduleId, definition } = schedule
  if (!definition.enabled) return skipAll(scheduleId, due, 'disabled')
  const picked = due.newest.slice(due.newest.length - pickedCount(definition.missed, due))
  const passed = skipOlder(scheduleId, due, picked.length)
  // What waits from before goes first: its window may have ended by now.
  const events: DomainEvent[] = [...settleTicks(state, at), ...passed]
  let after = foresee(state, events, { at, actor: '' })
  for (const { dueAt, fireBy } of picked) {
    const tick: OpenTick = { dueAt, fireBy, waiting: null, attempts: 0, retryAt: null, error: null }
    const met = meet(tick, scheduleId, after, at, picked.length > 1)
    events.push(...met)
    after = foresee(after, met, { at, actor: '' })
  }
  return events
}

/** Everything that came due, as one range. */
export const skipAll = (scheduleId: string, { count, first, newest }: DueFacts, reason: SkipReason): ReadonlyArray<ScheduleEvent> => {
  const last = newest.at(-1)
  return first === null || last === undefined ? [] : [{ type: 'TicksSkipped', scheduleId, dueAt: first, until: last.dueAt, count, reason }]
}

/** How many of the newest are to fire. */
const pickedCount = (missed: 'once' | 'skip' | 'all', { newest, until }: DueFacts): number => {
  const last = newest.at(-1)
  if (last === undefined) return 0
  switch (missed) {
    case 'once':
      return 1
    case 'skip':
      return Date.parse(until) - Date.parse(last.dueAt) <= punctualMsMax ? 1 : 0
    case 'all':
      return Math.min(newest.length, caughtUpMax)
  }
}

const skipOlder = (scheduleId: string, { count, first, newest }: DueFacts, picked: number): ReadonlyArray<ScheduleEvent> => {
  const last = newest[newest.length - 1 - picked]
  if (first === null || last === undefined) return []
  return [{ type: 'TicksSkipped', scheduleId, dueAt: first, until: last.dueAt, count: count - picked, reason: 'missed' }]
}
