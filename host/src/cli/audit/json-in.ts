/** A file that somebody names, as JSON. */
import { readFile } from 'node:fs/promises'
import { exitStatus } from '../exit-status.js'
import { CommandFailed } from '../terminal.js'

export const jsonIn = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (cause) {
    throw new CommandFailed(`${file} cannot be read: ${(cause as Error).message}`, exitStatus.wrongUsage)
  }
}
