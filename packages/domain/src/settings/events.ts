/**
 * The settings of an installation: their shape, their defaults, and the one event that changes them.
 */
import * as t from 'io-ts'
import { AbsolutePath, Count, closed, Text } from '../codec/index.js'

const props = {
  /** Each limit: 0 means that none starts. */
  maxConcurrentManualBackups: Count,
  maxConcurrentScheduledBackups: Count,
  maxConcurrentScheduledChecks: Count,
  /** For how long a scheduled check may be pending, or run without its process, before it is stale; of exactly that age it is not. */
  staleCheckAfterMs: Count,
  logRetentionDays: Count,
  logSavePolicy: t.keyof({ all: null, 'failed-and-warnings': null, 'failed-only': null }),
  logMaxTotalBytes: Count,
  logCleanupOnStart: t.boolean,
  recovery: t.keyof({ fail: null, adopt: null }),
  shutdown: t.keyof({ drain: null, interrupt: null, detach: null }),
  allowedDestinations: t.readonlyArray(AbsolutePath),
  allowedPackages: t.readonlyArray(Text),
}

export const Settings = t.readonly(t.type(props, 'settings'))
export type Settings = t.TypeOf<typeof Settings>

/** Some of the settings, to change them; an unknown one is refused. */
export const SettingsPatch = closed('settings', {}, props)
export type SettingsPatch = t.TypeOf<typeof SettingsPatch>

export const defaultSettings: Settings = {
  maxConcurrentManualBackups: 1,
  maxConcurrentScheduledBackups: 2,
  maxConcurrentScheduledChecks: 4,
  staleCheckAfterMs: 15 * 60_000,
  logRetentionDays: 30,
  logSavePolicy: 'failed-and-warnings',
  logMaxTotalBytes: 500_000_000,
  logCleanupOnStart: true,
  recovery: 'fail',
  shutdown: 'drain',
  allowedDestinations: [],
  allowedPackages: [],
}

export const settingsEvents = [
  t.readonly(t.type({ type: t.literal('SettingsChanged'), changes: t.partial(props) }), 'SettingsChanged'),
] as const
export const SettingsEvent = settingsEvents[0]
export type SettingsEvent = t.TypeOf<typeof SettingsEvent>
