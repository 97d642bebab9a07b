/**
 * The due instants that wait, or are to be tried again, looked at once more. Run after every decision, so that none waits that could fire.
 */
import type { DomainEvent } from '../event.js'
import { foresee, type LedgerState } from '../state.js'
import { meet } from './fire.js'

/** Oldest first, over all schedules. */
export const settleTicks = (state: LedgerState, at: string): ReadonlyArray<DomainEvent> => {
  if (!state.owner.dispatching || !isAnyOpen(state.schedules)) return []
  const open = [...state.schedules.byId.values()].flatMap((schedule) =>
    schedule.open.map((tick) => ({ tick, scheduleId: schedule.scheduleId })),
  )
  open.sort((a, b) => (a.tick.dueAt < b.tick.dueAt ? -1 : 1))
  let after = state
  return open.flatMap(({ tick, scheduleId }) => {
    const events = meet(tick, scheduleId, after, at)
    if (events.length > 0) after = foresee(after, events, { at, actor: '' })
    return events
  })
}

/** Mostly there is none, and this is asked after every decision. */
const isAnyOpen = ({ byId }: LedgerState['schedules']): boolean => {
  for (const { open } of byId.values()) if (open.length > 0) return true
  return false
}
