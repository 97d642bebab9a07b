/** `borgledger audit export`: to standard output, or to a file that must not be there yet. */
import { open } from 'node:fs/promises'
import { granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { CommandFailed } from '../terminal.js'

interface ExportOptions extends SharedOptions {
  readonly job?: string
  readonly output?: string
}

export const exportLog = async ({ ledger, write, readerLeft, complain }: Work, { job, output }: ExportOptions): Promise<number> => {
  const pieces = granted(await ledger.exportLog(job))
  if (output === undefined) {
    for await (const piece of pieces) {
      if (readerLeft()) break
      write(piece)
    }
    return exitStatus.success
  }
  await toFile(output, pieces)
  complain(`written to ${output}`)
  return exitStatus.success
}

/** For its user's eyes alone, and on the disk when this resolves. */
const toFile = async (output: string, pieces: AsyncIterable<string>): Promise<void> => {
  const file = await open(output, 'wx', 0o600).catch((cause: Error) => {
    throw new CommandFailed(`${output} cannot be made: ${cause.message}`)
  })
  try {
    for await (const piece of pieces) await file.write(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}
