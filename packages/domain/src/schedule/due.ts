/**
 * Which instants came due since a schedule was last accounted for: the facts of a command, so that a decision follows from the log alone,
 * whatever the rules of time zones become.
 */
import * as t from 'io-ts'
import { Count, Instant, nullable } from '../codec/index.js'
import { instantsAfter } from './instants.js'
import { dayMs } from './pattern.js'
import type { ScheduleState } from './state.js'

/** How many missed instants fire at most. */
export const caughtUpMax = 10
/** One more: the last of those that do not. */
const newestMax = caughtUpMax + 1

export const DueFacts = t.readonly(
  t.type({
    /** What the facts are about: a schedule that has changed since needs others. */
    revision: Count,
    after: Instant,
    /** The present, as it was looked at. */
    until: Instant,
    count: Count,
    first: nullable(Instant),
    /** At most eleven, ascending. */
    newest: t.readonlyArray(t.readonly(t.type({ dueAt: Instant, fireBy: Instant }))),
  }),
  'DueFacts',
)
export type DueFacts = t.TypeOf<typeof DueFacts>

const iso = (ms: number): string => new Date(ms).toISOString()

/** `until`: the present. A clock that was set back finds nothing due. */
export const dueFacts = (schedule: ScheduleState, until: string): DueFacts => {
  const { definition, revision, accountedUntil: after } = schedule
  const untilMs = Date.parse(until)
  let count = 0
  let firstMs: number | null = null
  const newestMs: number[] = []
  for (const dueMs of instantsAfter(definition, Date.parse(after))) {
    if (dueMs > untilMs) break
    count += 1
    firstMs ??= dueMs
    if (newestMs.push(dueMs) > newestMax) newestMs.shift()
  }
  const newest = newestMs.map((dueMs) => ({ dueAt: iso(dueMs), fireBy: iso(fireByMs(schedule, dueMs)) }))
  return { revision, after, until, count, first: firstMs === null ? null : iso(firstMs), newest }
}

/** Left unsaid, a window ends when the next instant is due; where all missed ones are to fire, when the tenth after it is. */
const fireByMs = ({ definition }: ScheduleState, dueMs: number): number => {
  if (definition.windowMs !== null) return dueMs + definition.windowMs
  let periods = definition.missed === 'all' ? caughtUpMax : 1
  for (const nextMs of instantsAfter(definition, dueMs)) if ((periods -= 1) === 0) return nextMs
  return dueMs + dayMs
}

/** The first instant that is due and not accounted for, in the future or not; null when there is none any more. */
export const nextDue = ({ definition, accountedUntil }: Pick<ScheduleState, 'definition' | 'accountedUntil'>): string | null => {
  for (const dueMs of instantsAfter(definition, Date.parse(accountedUntil))) return iso(dueMs)
  return null
}
