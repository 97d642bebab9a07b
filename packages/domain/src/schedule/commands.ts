/**
 * What can be asked of schedules, by people and by the clock. Which instants are due comes as facts.
 */
import * as t from 'io-ts'
import { Id, Text } from '../codec/index.js'
import { ScheduleDefinition } from './definition.js'
import { DueFacts } from './due.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), scheduleId: Id, ...props }), name)

export const scheduleCommands = [
  command('AddSchedule', { definition: ScheduleDefinition }),
  /** `due`: what came due under the definition so far. */
  command('ChangeSchedule', { definition: ScheduleDefinition, due: DueFacts }),
  command('RemoveSchedule', { due: DueFacts }),
  /** By hand, now; no due instant is touched. */
  command('RunSchedule', { jobId: Text }),
  command('FireDue', { due: DueFacts }),
  /** Looks after the due instants of all schedules that wait or are to be tried again. */
  t.readonly(t.type({ type: t.literal('TendSchedules') }), 'TendSchedules'),
] as const

export const ScheduleCommand = t.union([...scheduleCommands])
export type ScheduleCommand = t.TypeOf<typeof ScheduleCommand>
export type ScheduleCommandOf<T extends ScheduleCommand['type']> = Extract<ScheduleCommand, { readonly type: T }>
