/** The command line: which commands there are and what they take. */
import { Command, CommanderError } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { hostVersion } from '../serve/version.js'
import { type HostSettings, readSettings } from '../settings/settings.js'
import { exitStatus } from './exit-status.js'
import { serveCommand } from './serve-command.js'
import { CommandFailed, type Terminal } from './terminal.js'

/** Resolves with the exit status. */
export const runProgram = async (args: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  let status: number = exitStatus.success
  const program = new Command('borgledger')
    .description('An event-sourced job ledger for BorgBackup')
    .version(hostVersion)
    .exitOverride()
    .configureOutput({ writeErr: (text) => terminal.complain(text.trimEnd()), writeOut: (text) => terminal.print(text.trimEnd()) })
  program
    .command('serve')
    .description('run the host in the foreground')
    .action(async () => void (status = await serveCommand(settingsOf(terminal), terminal)))
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (cause) {
    return statusOfFailure(cause, terminal)
  }
}

const settingsOf = ({ env }: Terminal): HostSettings => {
  const settings = readSettings(env)
  if (E.isLeft(settings)) throw new CommandFailed(settings.left.join('\n'), exitStatus.wrongUsage)
  return settings.right
}

const statusOfFailure = (cause: unknown, { complain }: Terminal): number => {
  // Commander has said already what was wrong; help and version end with its code 0.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitStatus.success : exitStatus.wrongUsage
  complain(cause instanceof Error ? cause.message : String(cause))
  return cause instanceof CommandFailed ? cause.status : exitStatus.failed
}
