/** Where the command line reads and writes: the process, or what a test gives instead. */
import { exitStatus } from './exit-status.js'

export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  /** One line to standard output. */
  readonly print: (line: string) => void
  /** Bytes to standard output, as they are. */
  readonly write: (bytes: Uint8Array) => void
  /** One line to standard error. */
  readonly complain: (line: string) => void
  /** Whether a person looks on. */
  readonly interactive: boolean
}

export const processTerminal = (): Terminal => ({
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  write: (bytes) => void process.stdout.write(bytes),
  complain: (line) => void process.stderr.write(`${line}\n`),
  interactive: process.stdout.isTTY === true,
})

/** Ends a command early, with what to say on standard error. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly status: number
  constructor(message: string, status: number = exitStatus.failed) {
    super(message)
    this.status = status
  }
}
