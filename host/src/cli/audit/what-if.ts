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
  const whole = file === undefined ? {} : await jsonIn(file)
  const { settings, schedules, ...rest } = asObject(whole, `${file}: expected an object such as {"settings": {…}, "schedules": {…}}`)
  const dealings = new Map(Object.entries(asObject(schedules, `${file}: schedules: expected an object`)))
  for (const [id, [name, value]] of schedule.map(dealingFrom))
    dealings.set(id, { ...asObject(dealings.get(id), `${file}: schedules.${id}: expected an object`), [name]: value })
  const settled = { ...asObject(settings, `${file}: settings: expected an object`), ...Object.fromEntries(set.map(settingFrom)) }
  return { ...rest, settings: settled, schedules: Object.fromEntries(dealings) } as Alternative
}

/** `nightly:overlap=allow`. */
const dealingFrom = (given: string): readonly [id: string, dealing: ReturnType<typeof settingFrom>] => {
  const [, id, dealing] = /^([^:]+):(.+)$/s.exec(given) ?? []
  if (id !== undefined && dealing !== undefined) return [id, settingFrom(dealing)]
  throw new CommandFailed(`expected id:name=value such as nightly:overlap=allow, got ${given}`, exitStatus.wrongUsage)
}

/** Anything else would vanish where the options are laid over it. */
const asObject = (value: unknown = {}, complaint: string): Named => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Named
  throw new CommandFailed(complaint, exitStatus.wrongUsage)
}
