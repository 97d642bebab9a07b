/** Settings rules: a change that changes nothing is already so. */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { SettingsCommand } from './commands.js'
import type { Settings, SettingsEvent, SettingsPatch } from './events.js'

/** Right of nothing when every value asked for is in force. */
export const decideSettings = (command: SettingsCommand, settings: Settings): E.Either<Refusal, ReadonlyArray<SettingsEvent>> => {
  const changes = Object.fromEntries(
    Object.entries(command.changes).filter(([key, value]) => JSON.stringify(settings[key as keyof Settings]) !== JSON.stringify(value)),
  ) as SettingsPatch
  return E.right(Object.keys(changes).length === 0 ? [] : [{ type: 'SettingsChanged', changes }])
}
