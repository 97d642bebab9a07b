/**
 * Schedules as they were: a fold of their own few events, with the newest due instant that had been heard of by then.
 */
import { type EventOf, evolveAll, initialState, type ScheduleState, type Tick, tickOf } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import { decodePage } from '../../feed/decode.js'
import type { PastTick } from '../../ports/read-models.js'
import type { PastParts } from './jobs.js'

export interface PastSchedule extends Pick<ScheduleState, 'scheduleId' | 'definition' | 'revision' | 'accountedUntil'> {
  readonly lastTick: Tick | null
}

type TickEvent = EventOf<'TickQueued' | 'TickFired' | 'TicksSkipped' | 'TickAttemptFailed' | 'TickFailed'>

const configuration = ['ScheduleAdded', 'ScheduleChanged', 'ScheduleRemoved'] as const
const ticking: ReadonlyArray<TickEvent['type']> = ['TickQueued', 'TickFired', 'TicksSkipped', 'TickAttemptFailed', 'TickFailed']

/** By id, ascending. */
export const schedulesAsOf = async (parts: PastParts, position: Position): Promise<ReadonlyArray<PastSchedule>> => {
  const schedules: PastSchedule[] = []
  for (const schedule of await configured(parts, position)) schedules.push(await withLastTick(parts, position, schedule))
  return schedules.sort((a, b) => (a.scheduleId < b.scheduleId ? -1 : 1))
}

/** Null when there was none of that id. */
export const scheduleAsOf = async (parts: PastParts, position: Position, scheduleId: string): Promise<PastSchedule | null> => {
  const [schedule] = await configured(parts, position, scheduleId)
  return schedule === undefined ? null : withLastTick(parts, position, schedule)
}

const configured = async ({ store }: PastParts, upTo: Position, scheduleId?: string): Promise<ReadonlyArray<ScheduleState>> => {
  let state = initialState
  const about = scheduleId === undefined ? {} : { tags: [`schedule:${scheduleId}` as const] }
  for await (const page of store.read([{ types: configuration, ...about }], { upTo })) state = evolveAll(state, decodePage(page))
  return [...state.schedules.byId.values()]
}

/** Instants are heard of in their order, so the newest says up to when they are accounted for. */
const withLastTick = async (parts: PastParts, position: Position, schedule: ScheduleState): Promise<PastSchedule> => {
  const { scheduleId, definition, revision } = schedule
  const past = await parts.readModels.lastTickAsOf(position, scheduleId)()
  const lastTick = past === null ? null : (past.record ?? (await foldTick(parts, position, scheduleId, past)))
  const last = lastTick?.until ?? lastTick?.dueAt ?? ''
  const accountedUntil = last > schedule.accountedUntil ? last : schedule.accountedUntil
  return { scheduleId, definition, revision, accountedUntil, lastTick }
}

const foldTick = async ({ store }: PastParts, upTo: Position, scheduleId: string, past: PastTick): Promise<Tick | null> => {
  let tick: Tick | null = null
  const query = [{ types: ticking, tags: [`schedule:${scheduleId}` as const] }]
  for await (const page of store.read(query, { after: past.first - 1, upTo }))
    for (const recorded of decodePage(page)) {
      const event = recorded.event as TickEvent
      if (event.dueAt === past.dueAt) tick = tickOf({ ...recorded, event })
    }
  return tick
}
