/** `borgledger log`: what a job wrote. */
import type { Command } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from './command.js'
import { exitStatus } from './exit-status.js'
import type { Terminal } from './terminal.js'

interface LogOptions extends SharedOptions {
  readonly follow?: true
}

/** With `--json` each line of the log is a JSON text of its own. */
export const addLogCommand = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  program
    .command('log <id>')
    .description('the log of a job')
    .option('--follow', 'go on until the job has ended')
    .action(actingOn(terminal, end)(log))
}

const log = async ({ ledger, json, write, readerLeft }: Work, { follow }: LogOptions, id: string): Promise<number> => {
  const pieces = granted(await ledger.log(id, { follow: follow === true }))
  for await (const piece of json ? linesAsJson(pieces) : pieces) {
    if (readerLeft()) break
    write(piece)
  }
  return exitStatus.success
}

async function* linesAsJson(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines.map((line) => `${JSON.stringify(line)}\n`)
  }
  if (rest !== '') yield `${JSON.stringify(rest)}\n`
}
