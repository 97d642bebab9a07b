/** `borgledger schedules …`: what is due when, what became of it, and what can be done about it. */
import type { Schedule } from 'borgledger'
import type { Command } from 'commander'
import { actingOn, granted, type SharedOptions, type Work, withRunningLedger } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { type AtOption, atOption } from '../moment.js'
import { wholeNumber } from '../numbers.js'
import { sayPage } from '../say.js'
import type { Terminal } from '../terminal.js'
import { watchJob } from '../watch-job.js'
import { addScheduleCommands } from './add-schedule.js'
import { saySchedule, sayTick } from './say-schedule.js'

interface PreviewOptions extends SharedOptions {
  readonly count: number
}

interface TicksOptions extends SharedOptions {
  readonly limit: number
}

export const addSchedulesCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const schedules = program.command('schedules').description('jobs by the clock')
  const acting = actingOn(terminal, end)
  schedules
    .command('list', { isDefault: true })
    .description('all of them')
    .option(...atOption)
    .action(acting(list))
  schedules
    .command('show <id>')
    .description('one schedule')
    .option(...atOption)
    .action(acting(show))
  addScheduleCommands(schedules.command('add').description('make a job at certain times'), terminal, end)
  schedules
    .command('enable <id>')
    .description('let it be due again')
    .action(acting(switching(true)))
  schedules
    .command('disable <id>')
    .description('skip all its instants')
    .action(acting(switching(false)))
  schedules.command('remove <id>').description('remove a schedule; jobs that it made stay').action(acting(remove))
  schedules
    .command('preview <id>')
    .description('when it is due next')
    .option('--count <number>', 'so many instants', wholeNumber, 10)
    .action(acting(preview))
  schedules
    .command('ticks <id>')
    .description('what became of its due instants, newest first')
    .option('--limit <number>', 'at most so many, up to 200', wholeNumber, 20)
    .action(acting(ticks))
  addRun(schedules, terminal, end)
}

const addRun = (schedules: Command, terminal: Terminal, end: (status: number) => void): void => {
  schedules
    .command('run <id>')
    .description('make its job now, and watch it to its end')
    .action(async (id: string, _: unknown, command: Command) =>
      end(
        await withRunningLedger(terminal, command.optsWithGlobals<SharedOptions>(), async (work) =>
          watchJob(work, granted(await work.ledger.runSchedule(id)).id),
        ),
      ),
    )
}

const list = async ({ ledger, show }: Work, { at }: AtOption): Promise<number> => {
  const page = granted(await ledger.schedules(at))
  show(page, () => sayPage(page, 'schedules', ['ID', 'CRON', 'TIME ZONE', 'JOB', 'NEXT', 'LAST'], rowOf))
  return exitStatus.success
}

const rowOf = ({ id, cron, timeZone, job, enabled, nextDueAt, lastTick }: Schedule): ReadonlyArray<string> => [
  id,
  cron,
  timeZone,
  job.repositoryId === null ? job.type : `${job.type} of ${job.repositoryId}`,
  enabled ? (nextDueAt ?? 'never') : 'disabled',
  lastTick === null ? '-' : `${lastTick.outcome} ${lastTick.dueAt}`,
]

const show = async (work: Work, { at }: AtOption, id: string): Promise<number> => {
  const schedule = granted(await work.ledger.schedule(id, at))
  work.show(schedule, () => saySchedule(schedule))
  return exitStatus.success
}

const switching =
  (enabled: boolean) =>
  async (work: Work, _: SharedOptions, id: string): Promise<number> => {
    const schedule = granted(await work.ledger.changeSchedule(id, { enabled }))
    work.show(schedule, () => [`${id} is ${enabled ? `enabled, due next at ${schedule.nextDueAt ?? 'no time'}` : 'disabled'}`])
    return exitStatus.success
  }

const remove = async (work: Work, _: SharedOptions, id: string): Promise<number> => {
  granted(await work.ledger.removeSchedule(id))
  work.show({ removed: id }, () => [`${id} is removed`])
  return exitStatus.success
}

const preview = async (work: Work, { count }: PreviewOptions, id: string): Promise<number> => {
  const next = granted(await work.ledger.preview(id, count))
  work.show(next, () => next.items)
  return exitStatus.success
}

const ticks = async (work: Work, { limit }: TicksOptions, id: string): Promise<number> => {
  const page = granted(await work.ledger.ticks(id, limit))
  work.show(page, () => (page.items.length === 0 ? ['nothing came due yet'] : page.items.map(sayTick)))
  return exitStatus.success
}
