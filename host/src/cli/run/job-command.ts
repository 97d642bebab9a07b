/** How one type of job is asked for on the command line: its options, and the body that they make. */
import type { Command } from 'commander'

export interface JobCommand {
  readonly type: string
  readonly description: string
  /** Adds what this type takes beside `--on-busy` and `--idempotency-key`. */
  readonly addOptions: (command: Command) => Command
  /** The body without its type; fields that were not given are left out, so that the rules of the ledger decide. */
  readonly bodyOf: (given: Given) => Fields
}

/** The options as commander gives them, by their names in camel case. */
export type Given = Readonly<Record<string, unknown>>
export type Fields = Readonly<Record<string, unknown>>

export const stated = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** `repository` stands in the body as `repositoryId`. */
export const aboutRepository = (command: Command): Command => command.requiredOption('--repository <id>', 'the repository')
