/** `borgledger audit import`: into a data directory whose log is empty and that nobody owns. */
import { constants, createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { importLog } from 'borgledger'
import { granted, type SharedOptions, settingsOf } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { CommandFailed, type Terminal } from '../terminal.js'

export const importFile = async (terminal: Terminal, options: SharedOptions, file: string): Promise<number> => {
  const { dataDir } = settingsOf(terminal, options)
  await access(file, constants.R_OK).catch((cause: Error) => {
    throw new CommandFailed(`${file} cannot be read: ${cause.message}`)
  })
  const position = granted(await importLog(dataDir, linesOf(file)))
  terminal.print(options.json === true ? JSON.stringify({ position }) : `imported: the log reaches position ${position}`)
  return exitStatus.success
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(file, 'utf8')) {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
