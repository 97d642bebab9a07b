/** `borgledger settings …`: what may be changed while the ledger runs. */
import type { Settings } from 'borgledger'
import type { Command } from 'commander'
import { granted, type SharedOptions, withLedger } from './command.js'
import { exitStatus } from './exit-status.js'
import { type AtOption, atOption } from './moment.js'
import { sayTable } from './say.js'
import { settingFrom } from './setting-from.js'
import type { Terminal } from './terminal.js'

export const addSettingsCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const settings = program.command('settings').description('what may be changed while the ledger runs')
  settings
    .command('list', { isDefault: true })
    .description('all of them')
    .option(...atOption)
    .action(async (_: unknown, command: Command) => end(await list(terminal, command.optsWithGlobals())))
  settings
    .command('set <name=value...>')
    .description('change some of them; a value is a number, a word, or JSON')
    .action(async (given: ReadonlyArray<string>, _: unknown, command: Command) =>
      end(await set(terminal, command.optsWithGlobals(), given)),
    )
}

const list = (terminal: Terminal, options: AtOption): Promise<number> =>
  withLedger(terminal, options, async ({ ledger, show }) => {
    const settings = granted(await ledger.settings(options.at))
    show(settings, () => sayTable(Object.entries(settings).map(rowOf)))
    return exitStatus.success
  })

const set = (terminal: Terminal, options: SharedOptions, given: ReadonlyArray<string>): Promise<number> =>
  withLedger(terminal, options, async ({ ledger, show }) => {
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
  })

const rowOf = ([name, value]: readonly [string, Settings[keyof Settings]]): ReadonlyArray<string> => [
  name,
  typeof value === 'string' ? value : JSON.stringify(value),
]
