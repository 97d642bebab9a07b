/**
 * What must hold of schedules, whatever happened to them and to the clock: every due instant has exactly one outcome, or is open and has none.
 */
import { deepStrictEqual, ok } from 'node:assert/strict'
import { type DomainEvent, instantsAfter, type Recorded, type ScheduleDefinition, type SchedulesState } from '@borgledger/domain'

type History = ReadonlyArray<Recorded<DomainEvent>>

export interface OutcomeCounts {
  readonly due: number
  readonly fired: number
  readonly skipped: number
  readonly failed: number
  readonly open: number
}

/** From when to when a definition was in force. */
interface Reign {
  readonly definition: ScheduleDefinition
  readonly after: string
  until: string
}

/** Throws an `AssertionError` that names the schedule and the instant. `schedules`: as they stand at the end of the history. */
export const everyDueInstantHasOneOutcome = (history: History, schedules: SchedulesState): OutcomeCounts => {
  const total = { due: 0, fired: 0, skipped: 0, failed: 0, open: 0 }
  for (const [scheduleId, reigns] of reignsIn(history, schedules)) {
    const outcomes = new Map(reigns.flatMap(instantsOf).map((dueAt) => [dueAt, 0]))
    const due = [...outcomes.keys()].sort()
    const note = (dueAt: string): void => {
      const seen = outcomes.get(dueAt)
      ok(seen !== undefined, `${scheduleId} was never due at ${dueAt}`)
      outcomes.set(dueAt, seen + 1)
    }
    for (const { event } of history) {
      if (!('scheduleId' in event) || event.scheduleId !== scheduleId) continue
      if (event.type === 'TickFired' || event.type === 'TickFailed') {
        note(event.dueAt)
        total[event.type === 'TickFired' ? 'fired' : 'failed'] += 1
      }
      if (event.type !== 'TicksSkipped') continue
      const range = due.slice(firstFrom(due, event.dueAt), firstFrom(due, event.until) + 1)
      deepStrictEqual(range.length, event.count, `${scheduleId} skipped ${event.count} from ${event.dueAt} to ${event.until}`)
      range.forEach(note)
      total.skipped += range.length
    }
    const open = new Set(schedules.byId.get(scheduleId)?.open.map(({ dueAt }) => dueAt))
    for (const [dueAt, seen] of outcomes) deepStrictEqual(seen, open.has(dueAt) ? 0 : 1, `outcomes of ${scheduleId} at ${dueAt}`)
    total.due += due.length
    total.open += open.size
  }
  return total
}

const reignsIn = (history: History, schedules: SchedulesState): ReadonlyMap<string, ReadonlyArray<Reign>> => {
  const all = new Map<string, Reign[]>()
  for (const { event } of history) {
    if (event.type !== 'ScheduleAdded' && event.type !== 'ScheduleChanged' && event.type !== 'ScheduleRemoved') continue
    const reigns = all.get(event.scheduleId) ?? []
    const before = reigns.at(-1)
    if (before !== undefined && event.type !== 'ScheduleAdded') before.until = event.accountedUntil
    if (event.type !== 'ScheduleRemoved') reigns.push({ definition: event.definition, after: event.accountedUntil, until: '' })
    all.set(event.scheduleId, reigns)
  }
  for (const [scheduleId, reigns] of all) {
    const last = reigns.at(-1)
    const now = schedules.byId.get(scheduleId)
    if (last !== undefined && now !== undefined) last.until = now.accountedUntil
  }
  return all
}

const instantsOf = ({ definition, after, until }: Reign): ReadonlyArray<string> => {
  const due: string[] = []
  for (const dueMs of instantsAfter(definition, Date.parse(after))) {
    const dueAt = new Date(dueMs).toISOString()
    if (dueAt > until) break
    due.push(dueAt)
  }
  return due
}

/** Index of the first that is not before. */
const firstFrom = (sorted: ReadonlyArray<string>, wanted: string): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
}
