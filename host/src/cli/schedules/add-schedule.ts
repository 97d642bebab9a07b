/** `borgledger schedules add TYPE`: the options of a job of that type, and when it is due. */
import type { ScheduleBody } from 'borgledger'
import type { Command } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { wholeNumber } from '../numbers.js'
import { type Given, type JobCommand, stated } from '../run/job-command.js'
import { jobCommands } from '../run/run-command.js'
import type { Terminal } from '../terminal.js'

export const addScheduleCommands = (add: Command, terminal: Terminal, end: (status: number) => void): void => {
  for (const jobCommand of jobCommands) {
    jobCommand
      .addOptions(add.command(jobCommand.type).description(`at certain times, ${jobCommand.description}`))
      .requiredOption('--cron <expression>', 'five fields, or six with seconds first')
      .requiredOption('--time-zone <zone>', 'such as Europe/Berlin')
      .option('--id <id>', 'what to call it in commands')
      .option('--name <text>', 'what people call it; default its id, or its type of job')
      .option('--overlap <skip|queue-one|allow>', 'when its previous job is not over')
      .option('--missed <once|skip|all>', 'which of the instants fire that passed while no host was there')
      .option('--window-ms <number>', 'how late an instant may still fire', wholeNumber)
      .option('--disabled', 'not due until it is enabled')
      .action(actingOn(terminal, end)(adding(jobCommand)))
  }
}

const adding =
  (jobCommand: JobCommand) =>
  async ({ ledger, show }: Work, given: SharedOptions & Given): Promise<number> => {
    const added = granted(await ledger.addSchedule(bodyOf(jobCommand, given)))
    show(added, () => [`${added.id} is added, due next at ${added.nextDueAt ?? 'no time'}`])
    return exitStatus.success
  }

const bodyOf = ({ type, bodyOf: jobOf }: JobCommand, given: Given): ScheduleBody => ({
  name: String(given['name'] ?? given['id'] ?? type),
  cron: String(given['cron']),
  timeZone: String(given['timeZone']),
  enabled: given['disabled'] !== true,
  job: { type, ...jobOf(given) },
  ...stated({ id: given['id'], overlap: given['overlap'], missed: given['missed'], windowMs: given['windowMs'] }),
})
