/** `borgledger settings …`: what may be changed while the ledger runs. */
import type { Settings } from 'borgledger'
import type { Command } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from './command.js'
import { exitStatus } from './exit-status.js'
import { type AtOption, atOption } from './moment.js'
import { sayTable } from './say.js'
import { settingFrom } from './setting-from.js'
import type { Terminal } from './terminal.js'

export const addSettingsCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const settings = program.command('settings').description('what may be changed while the ledger runs')
  const acting = actingOn(terminal, end)
  settings
    .command('list', { isDefault: true })
    .description('all of them')
    .option(...atOption)
    .action(acting(list))
  settings.command('set <name=value...>').description('change some of them; a value is a number, a word, or JSON').action(acting(set))
}

const list = async ({ ledger, show }: Work, { at }: AtOption): Promise<number> => {
  const settings = granted(await ledger.settings(at))
  show(settings, () => sayTable(Object.entries(settings).map(rowOf)))
  return exitStatus.success
}

const set = async ({ ledger, show }: Work, _: SharedOptions, ...given: ReadonlyArray<string>): Promise<number> => {
  const patch = Object.fromEntries(given.map(settingFrom))
  const settings = granted(await ledger.changeSettings(patch))
  show(settings, () =>
    sayTable(
      Object.entries(settings)
        .filter(([name]) => name in patch)
        .map(rowOf),
    ),
  )
  return exitStatus.success
}

const rowOf = ([name, value]: readonly [string, Settings[keyof Settings]]): ReadonlyArray<string> => [
  name,
  typeof value === 'string' ? value : JSON.stringify(value),
]
