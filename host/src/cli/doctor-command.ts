/** `borgledger doctor`: a line for each thing that the ledger needs. */
import type { Command } from 'commander'
import { type Finding, findings } from '../doctor/index.js'
import { type SharedOptions, settingsOf } from './command.js'
import { exitStatus } from './exit-status.js'
import type { Terminal } from './terminal.js'

export const addDoctorCommand = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  program
    .command('doctor')
    .description('look whether everything is there that the ledger needs; ends with 1 when something is not')
    .action(async (_: unknown, command: Command) => end(await doctor(terminal, command.optsWithGlobals())))
}

const doctor = async (terminal: Terminal, options: SharedOptions): Promise<number> => {
  const items = await findings(settingsOf(terminal, options), terminal.env)
  const isWell = items.every(({ verdict }) => verdict !== 'bad')
  const lines = options.json === true ? [JSON.stringify({ ok: isWell, items })] : items.map(sayFinding)
  for (const line of lines) terminal.print(line)
  return isWell ? exitStatus.success : exitStatus.failed
}

const sayFinding = ({ check, verdict, what }: Finding): string => `${verdict.padEnd(4)}  ${check}: ${what}`
