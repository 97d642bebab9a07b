/**
 * Schedules for tests: a nightly backup of `laptop` at 02:00 UTC unless a test says otherwise, its events and its commands.
 */
import {
  type Command,
  type DueFacts,
  dueFacts,
  type EventOf,
  initialState,
  type LedgerState,
  type ScheduleDefinition,
} from '@borgledger/domain'
import { atFirst, workOf } from './samples.js'

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>

export const scheduleDefinition = (over: Partial<ScheduleDefinition> = {}): ScheduleDefinition => ({
  name: 'Nightly',
  cron: '0 2 * * *',
  timeZone: 'UTC',
  enabled: true,
  job: { work: workOf('backup'), repositoryId: 'laptop' },
  overlap: 'skip',
  missed: 'once',
  windowMs: null,
  ...over,
})

export const scheduleAdded = (
  scheduleId = 'nightly',
  over: Partial<ScheduleDefinition> = {},
  accountedUntil = atFirst,
): EventOf<'ScheduleAdded'> => ({ type: 'ScheduleAdded', scheduleId, definition: scheduleDefinition(over), accountedUntil })

export const addSchedule = (scheduleId = 'nightly', over: Partial<ScheduleDefinition> = {}): CommandOf<'AddSchedule'> => ({
  type: 'AddSchedule',
  scheduleId,
  definition: scheduleDefinition(over),
})

/** What came due of a schedule until then. */
export const dueUntil = (state: LedgerState, until: string, scheduleId = 'nightly'): DueFacts => {
  const schedule = state.schedules.byId.get(scheduleId)
  if (schedule === undefined) throw new Error(`there is no schedule ${scheduleId}`)
  return dueFacts(schedule, until)
}

/** The facts of a schedule that was never there. */
export const noDue: DueFacts = { revision: initialState.position, after: atFirst, until: atFirst, count: 0, first: null, newest: [] }
