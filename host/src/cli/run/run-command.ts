/** `borgledger run TYPE`: asks for a job and watches it to its end. */
import type { JobBody } from 'borgledger'
import type { Command } from 'commander'
import { granted, type SharedOptions, withRunningLedger } from '../command.js'
import type { Terminal } from '../terminal.js'
import { watchJob } from '../watch-job.js'
import { backup } from './backup.js'
import { archiveDelete, compact, packageInstall, prune } from './changing.js'
import { type Given, type JobCommand, stated } from './job-command.js'
import { check, restore, restoreCheck } from './reading.js'

export const jobCommands: ReadonlyArray<JobCommand> = [backup, restore, check, compact, prune, archiveDelete, restoreCheck, packageInstall]

export const addRunCommand = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const run = program.command('run').description('run a job and watch it to its end')
  for (const jobCommand of jobCommands) {
    jobCommand
      .addOptions(run.command(jobCommand.type).description(jobCommand.description))
      .option('--on-busy <queue|refuse>', 'whether to wait for the repository and for a free slot')
      .option('--idempotency-key <key>', 'the same key asks for one job only, however often')
      .action(async (_: unknown, command: Command) =>
        end(await runJob(terminal, jobCommand, command.optsWithGlobals<SharedOptions & Given>())),
      )
  }
}

const runJob = (terminal: Terminal, { type, bodyOf }: JobCommand, given: SharedOptions & Given): Promise<number> => {
  const body: JobBody = { type, ...stated({ onBusy: given['onBusy'] }), ...bodyOf(given) }
  return withRunningLedger(terminal, given, async (work) =>
    watchJob(work, granted(await work.ledger.start(body, given['idempotencyKey'] as string | undefined)).id),
  )
}
