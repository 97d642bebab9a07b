/** `borgledger audit what-if`: what is to be otherwise, in a file or in options, and what would have come of it. */
import type { Alternative, WhatIf } from 'borgledger'
import { granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { settingFrom } from '../setting-from.js'
import { CommandFailed } from '../terminal.js'
import { jsonIn } from './json-in.js'
import { sayWhatIf } from './say-what-if.js'

interface WhatIfOptions extends SharedOptions {
  readonly set?: ReadonlyArray<string>
  readonly schedule?: ReadonlyArray<string>
  readonly file?: string
}

export const whatIf = async ({ ledger, show }: Work, options: WhatIfOptions): Promise<number> => {
  const told: WhatIf = granted(await ledger.whatIf(await alternativeIn(options)))
  show(told, () => sayWhatIf(told))
  return exitStatus.success
}

type Named = Readonly<Record<string, unknown>>

/** An option goes before what the file says. What is wrong with either is for the ledger to say. */
const alternativeIn = async ({ set = [], schedule = [], file }: WhatIfOptions): Promise<Alternative> => {
  if (file === undefined && set.length === 0 && schedule.length === 0)
    throw new CommandFailed('expected --set, --schedule or --file: what is to be otherwise?', exitStatus.wrongUsage)
  const { settings = {}, schedules = {}, ...rest } = (file === undefined ? {} : await objectIn(file)) as Record<string, Named>
  const dealings: Record<string, unknown> = { ...schedules }
  for (const given of schedule) {
    const [id, [name, value]] = dealingFrom(given)
    dealings[id] = { ...(dealings[id] as Named | undefined), [name]: value }
  }
  return { ...rest, settings: { ...settings, ...Object.fromEntries(set.map(settingFrom)) }, schedules: dealings } as Alternative
}

/** `nightly:overlap=allow`. */
const dealingFrom = (given: string): readonly [id: string, dealing: ReturnType<typeof settingFrom>] => {
  const [, id, dealing] = /^([^:]+):(.+)$/s.exec(given) ?? []
  if (id !== undefined && dealing !== undefined) return [id, settingFrom(dealing)]
  throw new CommandFailed(`expected id:name=value such as nightly:overlap=allow, got ${given}`, exitStatus.wrongUsage)
}

const objectIn = async (file: string): Promise<unknown> => {
  const value = await jsonIn(file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new CommandFailed(`${file}: expected an object such as {"settings": {…}, "schedules": {…}}`, exitStatus.wrongUsage)
}
