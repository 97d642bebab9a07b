/**
 * What must be known of the schedules to decide, as a fold of their events.
 */
import type { Recorded } from '../recorded.js'
import type { ScheduleDefinition } from './definition.js'
import type { QueueReason, ScheduleEvent, ScheduleEventOf, TickError } from './events.js'

/** A due instant that has no outcome yet. */
export interface OpenTick {
  readonly dueAt: string
  readonly fireBy: string
  readonly waiting: { readonly reason: QueueReason; readonly jobs: ReadonlyArray<string> } | null
  /** How often its job could not be made. */
  readonly attempts: number
  readonly retryAt: string | null
  readonly error: TickError | null
}

export interface ScheduleState {
  readonly scheduleId: string
  readonly definition: ScheduleDefinition
  /** Position of the event that gave it this definition. */
  readonly revision: number
  /** Every due instant up to here has its outcome or is open. */
  readonly accountedUntil: string
  /** Oldest first. */
  readonly open: ReadonlyArray<OpenTick>
}

export interface SchedulesState {
  readonly byId: ReadonlyMap<string, ScheduleState>
  /** By the ids of removed schedules, up to where they were accounted for: under an id that is taken again no instant fires twice. */
  readonly removed: ReadonlyMap<string, string>
}

export const noSchedules: SchedulesState = { byId: new Map(), removed: new Map() }

export const evolveSchedules = (all: SchedulesState, { event, position }: Recorded<ScheduleEvent>): SchedulesState => {
  const { scheduleId } = event
  switch (event.type) {
    case 'ScheduleAdded':
    case 'ScheduleChanged': {
      const { definition, accountedUntil } = event
      const { open } = all.byId.get(scheduleId) ?? { open: [] }
      return { ...all, byId: new Map(all.byId).set(scheduleId, { scheduleId, definition, revision: position, accountedUntil, open }) }
    }
    case 'ScheduleRemoved': {
      const byId = new Map(all.byId)
      byId.delete(scheduleId)
      return { byId, removed: new Map(all.removed).set(scheduleId, event.accountedUntil) }
    }
    default: {
      const schedule = all.byId.get(scheduleId)
      return schedule === undefined ? all : { ...all, byId: new Map(all.byId).set(scheduleId, evolveTicks(schedule, event)) }
    }
  }
}

const evolveTicks = (schedule: ScheduleState, event: Extract<ScheduleEvent, { readonly dueAt: string }>): ScheduleState => {
  const last = event.type === 'TicksSkipped' ? event.until : event.dueAt
  const accountedUntil = last > schedule.accountedUntil ? last : schedule.accountedUntil
  const others = schedule.open.filter(({ dueAt }) => dueAt < event.dueAt || dueAt > last)
  const known = schedule.open.find(({ dueAt }) => dueAt === event.dueAt)
  const open = event.type === 'TickQueued' || event.type === 'TickAttemptFailed' ? inOrder([...others, openAfter(known, event)]) : others
  return { ...schedule, accountedUntil, open }
}

const inOrder = (ticks: ReadonlyArray<OpenTick>): ReadonlyArray<OpenTick> => [...ticks].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))

const openAfter = (known: OpenTick | undefined, event: ScheduleEventOf<'TickQueued' | 'TickAttemptFailed'>): OpenTick => {
  const { dueAt, fireBy } = event
  if (event.type === 'TickAttemptFailed') {
    const { attempt, error, retryAt } = event
    return { dueAt, fireBy, waiting: null, attempts: attempt, retryAt, error }
  }
  const before = known ?? { attempts: 0, retryAt: null, error: null }
  return { ...before, dueAt, fireBy, waiting: { reason: event.reason, jobs: event.jobs } }
}
