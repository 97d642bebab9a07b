/** The settings in force, as a fold of their changes. */
import type { Settings, SettingsEvent } from './events.js'

export const evolveSettings = (settings: Settings, event: SettingsEvent): Settings => ({ ...settings, ...event.changes })
