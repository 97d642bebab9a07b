/** The command line: which commands there are, and what becomes of what goes wrong in them. */
import { Command, CommanderError } from 'commander'
import { hostVersion } from '../serve/version.js'
import { addAuditCommands } from './audit/audit-commands.js'
import { type SharedOptions, settingsOf } from './command.js'
import { addDoctorCommand } from './doctor-command.js'
import { exitStatus } from './exit-status.js'
import { addJobsCommands } from './jobs-commands.js'
import { addLogCommand } from './log-command.js'
import { addRepositoriesCommands } from './repositories-commands.js'
import { addRunCommand } from './run/run-command.js'
import { addSchedulesCommands } from './schedules/schedules-commands.js'
import { serveCommand } from './serve-command.js'
import { addSettingsCommands } from './settings-commands.js'
import { CommandFailed, type Terminal } from './terminal.js'
import { addTokensCommands } from './tokens-commands.js'

const adders = [
  addRunCommand,
  addJobsCommands,
  addLogCommand,
  addRepositoriesCommands,
  addSchedulesCommands,
  addSettingsCommands,
  addAuditCommands,
  addTokensCommands,
  addDoctorCommand,
]

/** Resolves with the exit status. */
export const runProgram = async (args: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  let status: number = exitStatus.success
  try {
    await programOn(terminal, (ended) => (status = ended)).parseAsync(args, { from: 'user' })
    return status
  } catch (cause) {
    return statusOfFailure(cause, terminal)
  }
}

const programOn = (terminal: Terminal, end: (status: number) => void): Command => {
  const program = new Command('borgledger')
    .description('An event-sourced job ledger for BorgBackup')
    .version(hostVersion)
    .option('--json', 'answer in JSON')
    .option('--data-dir <path>', 'the data directory; default BORGLEDGER_DATA_DIR or ./data')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: (text) => terminal.complain(text.trimEnd()), writeOut: (text) => terminal.print(text.trimEnd()) })
    .exitOverride()
  program
    .command('serve')
    .description('run the host in the foreground')
    .action(async (_: unknown, command: Command) =>
      end(await serveCommand(settingsOf(terminal, command.optsWithGlobals<SharedOptions>()), terminal)),
    )
  for (const add of adders) add(program, terminal, end)
  return program
}

const statusOfFailure = (cause: unknown, { complain }: Terminal): number => {
  // Commander has said already what was wrong; help and version end with its code 0.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitStatus.success : exitStatus.wrongUsage
  complain(cause instanceof Error ? cause.message : String(cause))
  return cause instanceof CommandFailed ? cause.status : exitStatus.failed
}
