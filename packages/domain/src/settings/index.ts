/** Settings: what may be changed while the ledger runs. */
export { SettingsCommand, settingsCommands } from './commands.js'
export { decideSettings } from './decide.js'
export { defaultSettings, Settings, SettingsEvent, SettingsPatch, settingsEvents } from './events.js'
export { evolveSettings } from './state.js'
