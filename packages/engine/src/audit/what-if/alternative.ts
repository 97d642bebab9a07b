/** What is to be otherwise: settings that hold all the time whatever was set, and how schedules deal with a bad time. */
import { type Command, closed, defaultSettings, initialState, type LedgerState, type Settings, SettingsPatch } from '@borgledger/domain'
import * as t from 'io-ts'

const Dealing = closed(
  'a change of a schedule',
  {},
  {
    overlap: t.keyof({ skip: null, 'queue-one': null, allow: null }),
    missed: t.keyof({ once: null, skip: null, all: null }),
    windowMs: t.union([t.number, t.null]),
    enabled: t.boolean,
  },
)

/** `schedules`: by id. */
export const Alternative = closed('a what-if', {}, { settings: SettingsPatch, schedules: t.record(t.string, Dealing) })
export type Alternative = t.TypeOf<typeof Alternative>

export const stateAtFirst = ({ settings = {} }: Alternative): LedgerState => ({
  ...initialState,
  settings: { ...defaultSettings, ...settings } as Settings,
})

/** The command as it would have been; null when nothing is left of it. */
export const otherwise = (command: Command, { settings = {}, schedules = {} }: Alternative): Command | null => {
  switch (command.type) {
    case 'ChangeSettings': {
      const left = Object.entries(command.changes).filter(([name]) => !Object.hasOwn(settings, name))
      return left.length === 0 && Object.keys(command.changes).length > 0 ? null : { ...command, changes: Object.fromEntries(left) }
    }
    case 'AddSchedule':
    case 'ChangeSchedule':
      return { ...command, definition: { ...command.definition, ...schedules[command.scheduleId] } }
    default:
      return command
  }
}
