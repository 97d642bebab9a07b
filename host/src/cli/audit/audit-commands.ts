/** `borgledger audit …`: history checked, shown as it was, explained, signed, given out and taken in. */
import type { Command } from 'commander'
import { actingOn, type SharedOptions } from '../command.js'
import { atOption } from '../moment.js'
import type { Terminal } from '../terminal.js'
import { explain } from './explain.js'
import { exportLog } from './export.js'
import { head } from './head.js'
import { importFile } from './import.js'
import { state } from './state.js'
import { verify } from './verify.js'
import { whatIf } from './what-if.js'

export const addAuditCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const audit = program.command('audit').description('questions to the log of events')
  const acting = actingOn(terminal, end)
  audit
    .command('verify')
    .description('walk through the whole log: does every commit follow from the one before, and every decision from the rules?')
    .action(async (_: unknown, command: Command) => end(await verify(terminal, command.optsWithGlobals<SharedOptions>())))
  audit
    .command('state')
    .description('the ledger as it was')
    .option(...atOption)
    .action(acting(state))
  audit
    .command('explain [job]')
    .description('why a job went as it did, a due instant fired or not, a repository has no good backup')
    .option('--schedule <id>', 'of this schedule, with --due')
    .option('--due <instant>', 'the due instant')
    .option('--repository <id>', 'what happened to this repository; today, or with --from and --to')
    .option('--from <instant>', 'from here on')
    .option('--to <instant>', 'up to here')
    .action(acting(explain))
  audit
    .command('what-if')
    .description('the same history under other settings: what would have started, ended or fired otherwise?')
    .option('--set <name=value>', 'a setting that holds all the time, such as maxConcurrentManualBackups=2; may be given again', oneMore)
    .option('--schedule <id:name=value>', 'overlap, missed, windowMs or enabled of a schedule; may be given again', oneMore)
    .option('--file <file>', 'both as JSON: {"settings": {…}, "schedules": {"nightly": {…}}}')
    .action(acting(whatIf))
  audit
    .command('export')
    .description('the log as newline JSON, with its hash chain')
    .option('--job <id>', 'the history of one job instead, as a fixture for tests')
    .option('--output <file>', 'into a new file instead of standard output')
    .action(acting(exportLog))
  audit
    .command('import <file>')
    .description('fill an empty data directory with an exported log')
    .action(async (file: string, _: unknown, command: Command) => end(await importFile(terminal, command.optsWithGlobals(), file)))
  audit
    .command('head')
    .description('where the log stands, signed: kept elsewhere, it proves later that nothing was rewritten or cut off')
    .option('--check <file>', 'does the log still hold this signed head?')
    .action(acting(head))
}

const oneMore = (text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> => [...before, text]
