/** A setting as it is typed: `logRetentionDays=7`, `recovery=adopt`, `allowedPackages=["rclone"]`. */
import { exitStatus } from './exit-status.js'
import { CommandFailed } from './terminal.js'

/** What is no JSON is a word. Whether there is such a setting is for the ledger to say. */
export const settingFrom = (given: string): readonly [name: string, value: unknown] => {
  const [, name, text] = /^(\w+)=(.+)$/s.exec(given) ?? []
  if (name === undefined || text === undefined)
    throw new CommandFailed(`expected name=value such as logRetentionDays=7, got ${given}`, exitStatus.wrongUsage)
  return [name, parsed(text)]
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
