/**
 * Fires what is due. One serial loop that looks at every schedule, fed by an alarm for the next due instant and by a minute's timer, so that an
 * alarm that comes late (the machine slept, the clock was set) costs a minute at most and never an instant.
 *
 * It holds no truth: what was accounted for is in the log, so looking twice fires nothing twice.
 */
import { type DomainEvent, dueFacts, type LedgerState, type ScheduleState } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import { nextDueFinder } from './next-due.js'
import { type Reviewing, reviewChecks } from './review-checks.js'

const minuteMs = 60_000
const actor = 'system:scheduler'

export interface SchedulerDeps extends Reviewing {
  readonly submitter: Pick<Submitter, 'submit' | 'state' | 'committed$'>
  readonly clock: Clock
  /** Hears of a schedule of which nobody can say when it is due, such as one in a time zone that is not known any more. */
  readonly onScheduleTrouble: (scheduleId: string, cause: unknown) => void
}

export interface Scheduler {
  /** Looks at everything once; resolves when that is in the log. */
  readonly look: () => Promise<void>
  /** Resolves once nothing is under way any more. */
  readonly close: () => Promise<void>
}

interface Loop {
  readonly deps: SchedulerDeps
  readonly nextDue: (schedule: ScheduleState) => string | null
  looking: Promise<void>
  awake: boolean
  closed: boolean
  /** The minute's look is due: at what waits, is to be tried again, or may be stale. */
  minuteIsUp: boolean
  alarm: { readonly cancel: () => void } | null
}

/** Looks at once, and from then on until it is closed. */
export const startScheduler = (deps: SchedulerDeps): Scheduler => {
  const loop: Loop = {
    deps,
    nextDue: nextDueFinder(deps.onScheduleTrouble),
    looking: Promise.resolve(),
    awake: false,
    closed: false,
    minuteIsUp: true,
    alarm: null,
  }
  let minute = deps.clock.after(minuteMs, function again() {
    loop.minuteIsUp = true
    minute = deps.clock.after(minuteMs, again)
    void wake(loop)
  })
  const hearing = deps.submitter.committed$.subscribe(({ event }) => {
    if (isOtherRhythm(event)) void wake(loop)
  })
  void wake(loop)
  return {
    look: () => wake(loop),
    close: () => {
      loop.closed = true
      hearing.unsubscribe()
      minute.cancel()
      loop.alarm?.cancel()
      return loop.looking
    },
  }
}

const isOtherRhythm = ({ type }: DomainEvent): boolean => type === 'ScheduleAdded' || type === 'ScheduleChanged'

const wake = (loop: Loop): Promise<void> => {
  if (loop.awake || loop.closed) return loop.looking
  loop.awake = true
  loop.looking = loop.looking.then(() => {
    loop.awake = false
    return look(loop)
  })
  return loop.looking
}

const look = async (loop: Loop): Promise<void> => {
  const { submitter, clock } = loop.deps
  if (loop.closed) return
  const now = clock.now()
  const notTaken = new Set<string>()
  for (const { scheduleId } of dueBy(now, loop)) if (!(await fire(loop, scheduleId, now))) notTaken.add(scheduleId)
  if (loop.minuteIsUp) {
    loop.minuteIsUp = false
    if (somethingIsOpen(submitter.state())) await submitter.submit({ command: { type: 'TendSchedules' }, actor })()
    await reviewChecks(loop.deps)
  }
  setAlarm(loop, notTaken)
}

const somethingIsOpen = ({ schedules }: LedgerState): boolean => [...schedules.byId.values()].some(({ open }) => open.length > 0)

const dueBy = (now: string, loop: Loop): ReadonlyArray<ScheduleState> =>
  [...loop.deps.submitter.state().schedules.byId.values()].filter((schedule) => (nextOf(schedule, loop) ?? '~') <= now)

const nextOf = (schedule: ScheduleState, { nextDue }: Loop): string | null => (schedule.definition.enabled ? nextDue(schedule) : null)

/** False when the log did not take it: then it is found due again by the minute's look, and not tried without a pause. */
const fire = async ({ deps: { submitter } }: Loop, scheduleId: string, now: string): Promise<boolean> => {
  const schedule = submitter.state().schedules.byId.get(scheduleId)
  if (schedule === undefined) return true
  const submitted = await submitter.submit({ command: { type: 'FireDue', scheduleId, due: dueFacts(schedule, now) }, actor })()
  return E.isRight(submitted)
}

/** For the next due instant, when it comes before the minute's look does. */
const setAlarm = (loop: Loop, notTaken: ReadonlySet<string>): void => {
  const { submitter, clock } = loop.deps
  loop.alarm?.cancel()
  loop.alarm = null
  const schedules = [...submitter.state().schedules.byId.values()].filter(({ scheduleId }) => !notTaken.has(scheduleId))
  const [next] = schedules.flatMap((schedule) => nextOf(schedule, loop) ?? []).sort()
  if (loop.closed || next === undefined || Date.parse(next) - Date.parse(clock.now()) > minuteMs) return
  loop.alarm = clock.at(next, () => void wake(loop))
}
