/** `borgledger audit …`: whether history still holds. */
import type { Verification } from 'borgledger'
import type { Command } from 'commander'
import { granted, type SharedOptions, withLedger } from './command.js'
import { exitStatus } from './exit-status.js'
import type { Terminal } from './terminal.js'

export const addAuditCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  program
    .command('audit')
    .description('questions to the log of events')
    .command('verify')
    .description('walk through the whole log: does every commit follow from the one before, and every decision from the rules?')
    .action(async (_: unknown, command: Command) => {
      const status = await withLedger(terminal, command.optsWithGlobals<SharedOptions>(), async ({ ledger, show }) => {
        const verdict = granted(await ledger.verify())
        show(verdict, () => sayVerdict(verdict))
        return verdict.ok ? exitStatus.success : exitStatus.failed
      })
      end(status)
    })
}

const sayVerdict = ({ ok, position, events, commits, divergence, changedRules }: Verification): ReadonlyArray<string> => {
  const changed = changedRules === undefined ? [] : [sayChanged(changedRules)]
  if (ok) return [`verified: ${events} events in ${commits} commits, up to position ${position}`, ...changed]
  const where = divergence?.position == null ? 'after' : `at position ${divergence.position}, after`
  return [`not verified: ${divergence?.what ?? 'the log does not hold'} (${where} ${events} events that hold)`, ...changed]
}

const sayChanged = ({ decisions, first }: NonNullable<Verification['changedRules']>): string =>
  `${decisions} decisions were made by older rules and would be made otherwise today; the first: ${first.what}, at position ${first.position}`
