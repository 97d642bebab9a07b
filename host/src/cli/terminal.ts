/** Where the command line reads and writes: the process, or what a test gives instead. */
import { exitStatus } from './exit-status.js'

export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  /** One line to standard output. */
  readonly print: (line: string) => void
  /** To standard output, as it is. */
  readonly write: (text: string) => void
  /** One line to standard error. */
  readonly complain: (line: string) => void
  /** Whether a person looks on. */
  readonly interactive: boolean
  /** Whether nobody reads standard output any more, as behind `| head`. */
  readonly readerLeft: () => boolean
}

export const processTerminal = (): Terminal => {
  let readerLeft = false
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause
    readerLeft = true
  })
  const write = (text: string): void => void (readerLeft || process.stdout.write(text))
  return {
    env: process.env,
    print: (line) => write(`${line}\n`),
    write,
    complain: (line) => void process.stderr.write(`${line}\n`),
    interactive: process.stdout.isTTY === true,
    readerLeft: () => readerLeft,
  }
}

/** Ends a command early, with what to say on standard error. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly status: number
  constructor(message: string, status: number = exitStatus.failed) {
    super(message)
    this.status = status
  }
}
