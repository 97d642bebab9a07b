/** `borgledger schedules …`: what is due when, what became of it, and what can be done about it. */
import type { Schedule } from 'borgledger'
import type { Command } from 'commander'
import { granted, type SharedOptions, type Work, withLedger, withRunningLedger } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { atOption, momentIn } from '../moment.js'
import { wholeNumber } from '../numbers.js'
import { sayTable } from '../say.js'
import type { Terminal } from '../terminal.js'
import { watchJob } from '../watch-job.js'
import { addScheduleCommands } from './add-schedule.js'
import { saySchedule, sayTick } from './say-schedule.js'

type End = (status: number) => void
type Acting = (work: Work, id: string, options: Readonly<Record<string, unknown>>) => Promise<void>

export const addSchedulesCommands = (program: Command, terminal: Terminal, end: End): void => {
  const schedules = program.command('schedules').description('jobs by the clock')
  const acting =
    (act: Acting) =>
    async (...args: ReadonlyArray<unknown>): Promise<void> => {
      const command = args.at(-1) as Command
      const options = command.optsWithGlobals<SharedOptions & Readonly<Record<string, unknown>>>()
      end(await withLedger(terminal, options, async (work) => done(act(work, command.args[0] ?? '', options))))
    }
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

const done = async (act: Promise<void>): Promise<number> => {
  await act
  return exitStatus.success
}

const addRun = (schedules: Command, terminal: Terminal, end: End): void => {
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

const list: Acting = async ({ ledger, show }, _, options) => {
  const page = granted(await ledger.schedules(momentIn(options)))
  show(page, () =>
    page.items.length === 0 ? ['no schedules'] : sayTable([['ID', 'CRON', 'TIME ZONE', 'JOB', 'NEXT', 'LAST'], ...page.items.map(rowOf)]),
  )
}

const rowOf = ({ id, cron, timeZone, job, enabled, nextDueAt, lastTick }: Schedule): ReadonlyArray<string> => [
  id,
  cron,
  timeZone,
  job.repositoryId === null ? job.type : `${job.type} of ${job.repositoryId}`,
  enabled ? (nextDueAt ?? 'never') : 'disabled',
  lastTick === null ? '-' : `${lastTick.outcome} ${lastTick.dueAt}`,
]

const show: Acting = async (work, id, options) => {
  const schedule = granted(await work.ledger.schedule(id, momentIn(options)))
  work.show(schedule, () => saySchedule(schedule))
}

const switching =
  (enabled: boolean): Acting =>
  async (work, id) => {
    const schedule = granted(await work.ledger.changeSchedule(id, { enabled }))
    work.show(schedule, () => [`${id} is ${enabled ? `enabled, due next at ${schedule.nextDueAt ?? 'no time'}` : 'disabled'}`])
  }

const remove: Acting = async (work, id) => {
  granted(await work.ledger.removeSchedule(id))
  work.show({ removed: id }, () => [`${id} is removed`])
}

const preview: Acting = async (work, id, { count }) => {
  const next = granted(await work.ledger.preview(id, Number(count)))
  work.show(next, () => next.items)
}

const ticks: Acting = async (work, id, { limit }) => {
  const page = granted(await work.ledger.ticks(id, Number(limit)))
  work.show(page, () => (page.items.length === 0 ? ['nothing came due yet'] : page.items.map(sayTick)))
}
