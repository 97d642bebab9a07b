/** What every command that asks a ledger has in common: it finds one, does its work, and lets it go again. */
import type { LedgerError, Result } from 'borgledger'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type HostSettings, readSettings } from '../settings/settings.js'
import { findLedger } from './client/find-ledger.js'
import { type LedgerClient, ledgerClient } from './client/ledger-client.js'
import { exitStatus } from './exit-status.js'
import { CommandFailed, type Terminal } from './terminal.js'

/** The options that every command takes. */
export interface SharedOptions {
  readonly json?: true
  readonly dataDir?: string
}

/** A command at work. */
export interface Work extends Terminal {
  readonly ledger: LedgerClient
  readonly json: boolean
  /** With `--json` the value as it is, otherwise what a person reads. */
  readonly show: (value: unknown, forPeople: () => ReadonlyArray<string>) => void
}

type Act = (work: Work) => Promise<number>

/** Resolves with the exit status that `act` gives. A ledger that nobody owns is only looked at and told things: it runs no job. */
export const withLedger = (terminal: Terminal, options: SharedOptions, act: Act): Promise<number> =>
  visit(terminal, options, act, { runsJobs: false })

/** The same for a command that runs a job: it owns a ledger that nobody owns, with all that this brings. */
export const withRunningLedger = (terminal: Terminal, options: SharedOptions, act: Act): Promise<number> =>
  visit(terminal, options, act, { runsJobs: true })

/** For commander: the work is given the options, those of the program included, and the arguments; its exit status ends the command. */
export const actingOn =
  (terminal: Terminal, end: (status: number) => void) =>
  <O extends SharedOptions>(act: (work: Work, options: O, ...args: ReadonlyArray<string>) => Promise<number>) =>
  async (...given: ReadonlyArray<unknown>): Promise<void> => {
    const command = given.at(-1) as Command
    const options = command.optsWithGlobals<O>()
    end(await withLedger(terminal, options, (work) => act(work, options, ...command.args)))
  }

const visit = async (terminal: Terminal, options: SharedOptions, act: Act, how: { readonly runsJobs: boolean }): Promise<number> => {
  const json = options.json === true
  const transport = await findLedger(settingsOf(terminal, options), how)
  const show: Work['show'] = (value, forPeople) => {
    for (const line of json ? [JSON.stringify(value)] : forPeople()) terminal.print(line)
  }
  try {
    return await act({ ...terminal, json, show, ledger: ledgerClient(transport) })
  } finally {
    await transport.close()
  }
}

/** Throws `CommandFailed` that names everything that is wrong. */
export const settingsOf = ({ env }: Terminal, { dataDir }: SharedOptions): HostSettings => {
  const settings = readSettings(env)
  if (E.isLeft(settings)) throw new CommandFailed(settings.left.join('\n'), exitStatus.wrongUsage)
  return { ...settings.right, ...(dataDir === undefined ? {} : { dataDir }) }
}

/** The value; a refusal ends the command. */
export const granted = <A>(result: Result<A>): A => {
  if (result.ok) return result.value
  throw new CommandFailed(`${result.error.code}: ${result.error.message}`, statusOf(result.error))
}

const statusOf = ({ code }: LedgerError): number =>
  code === 'invalid-body' || code === 'malformed-request' ? exitStatus.wrongUsage : exitStatus.failed
