/** What can be asked of the settings. */
import * as t from 'io-ts'
import { SettingsPatch } from './events.js'

export const settingsCommands = [
  t.readonly(t.type({ type: t.literal('ChangeSettings'), changes: SettingsPatch }), 'ChangeSettings'),
] as const
export const SettingsCommand = settingsCommands[0]
export type SettingsCommand = t.TypeOf<typeof SettingsCommand>
