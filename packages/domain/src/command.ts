/**
 * Every command of the ledger as one union. A command is stored with the events that it caused, so that it can be decided again.
 */
import * as t from 'io-ts'
import { CallCommand } from './call/index.js'
import { JobCommand } from './job/index.js'
import { NotificationCommand } from './notification/index.js'
import { OwnerCommand } from './owner/index.js'
import { RepositoryCommand } from './repository/index.js'
import { ScheduleCommand } from './schedule/index.js'
import { ScriptCommand } from './script/index.js'
import { SettingsCommand } from './settings/index.js'
import { TokenCommand } from './token/index.js'

export const Command = t.union([
  JobCommand,
  ScheduleCommand,
  RepositoryCommand,
  CallCommand,
  ScriptCommand,
  NotificationCommand,
  TokenCommand,
  SettingsCommand,
  OwnerCommand,
])
export type Command = t.TypeOf<typeof Command>

/** An idempotency key with what it was used for, hashed by the caller. */
export interface KeyUse {
  readonly keyHash: string
  readonly fingerprint: string
}

/** The job that a command is about; null when it is about none or makes one. */
export const jobOf = (command: Command): string | null =>
  'jobId' in command && command.type !== 'RequestJob' && command.type !== 'RunSchedule' ? command.jobId : null
