/** When each schedule is due next. Worked out once for every time that it is accounted for, since the loop asks again and again. */
import { nextDue, type ScheduleState } from '@borgledger/domain'

interface Known {
  readonly revision: number
  readonly accountedUntil: string
  readonly next: string | null
}

/** The function answers null for a schedule that is never due again, or of which that cannot be said. */
export const nextDueFinder = (onTrouble: (scheduleId: string, cause: unknown) => void): ((schedule: ScheduleState) => string | null) => {
  const found = new Map<string, Known>()
  return (schedule) => {
    const { scheduleId, revision, accountedUntil } = schedule
    const known = found.get(scheduleId)
    if (known?.revision === revision && known.accountedUntil === accountedUntil) return known.next
    const next = ask(schedule, onTrouble)
    found.set(scheduleId, { revision, accountedUntil, next })
    return next
  }
}

const ask = (schedule: ScheduleState, onTrouble: (scheduleId: string, cause: unknown) => void): string | null => {
  try {
    return nextDue(schedule)
  } catch (cause) {
    onTrouble(schedule.scheduleId, cause)
    return null
  }
}
