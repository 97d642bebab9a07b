/** `borgledger jobs …`: the history of jobs, and what can be done to one. */
import type { Job } from 'borgledger'
import type { Command } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from './command.js'
import { exitStatus } from './exit-status.js'
import { type AtOption, atOption } from './moment.js'
import { sayPage, sayState } from './say.js'
import { sayJob } from './say-job.js'
import type { Terminal } from './terminal.js'

interface ListOptions extends AtOption {
  readonly type?: string
  readonly state?: string
  readonly repository?: string
  readonly schedule?: string
  readonly limit?: string
}

interface CancelOptions extends SharedOptions {
  readonly reason: string
  readonly force?: true
}

export const addJobsCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const jobs = program.command('jobs').description('the history of jobs')
  const acting = actingOn(terminal, end)
  jobs
    .command('list', { isDefault: true })
    .description('the newest jobs')
    .option('--type <type>', 'such as backup')
    .option('--state <state>', 'pending, running, completed, failed or cancelled')
    .option('--repository <id>', 'of this repository alone')
    .option('--schedule <id>', 'of this schedule alone')
    .option('--limit <number>', 'at most so many, up to 200')
    .option(...atOption)
    .action(acting(list))
  jobs
    .command('show <id>')
    .description('one job')
    .option(...atOption)
    .action(acting(show))
  jobs
    .command('cancel <id>')
    .description('ask a job to stop')
    .option('--reason <text>', 'why', 'cancelled at the command line')
    .option('--force', 'also where stopping half-way may do harm')
    .action(acting(cancel))
  jobs.command('delete <id>').description('delete the entry of a job that does not run').action(acting(remove))
}

const list = async ({ ledger, show }: Work, { type, state, repository, schedule, limit, at }: ListOptions): Promise<number> => {
  const page = granted(await ledger.jobs({ type, state, repositoryId: repository, scheduleId: schedule, limit, at }))
  show(page, () => sayPage(page, 'jobs', ['JOB', 'TYPE', 'REPOSITORY', 'CREATED', 'STATE'], rowOf))
  return exitStatus.success
}

const rowOf = (job: Job): ReadonlyArray<string> => [job.id, job.type, job.repositoryId ?? '-', job.createdAt, sayState(job)]

const show = async (work: Work, { at }: AtOption, id: string): Promise<number> => {
  const job = granted(await work.ledger.job(id, at))
  work.show(job, () => sayJob(job))
  return exitStatus.success
}

const cancel = async (work: Work, { reason, force }: CancelOptions, id: string): Promise<number> => {
  const job = granted(await work.ledger.cancel(id, { reason, force: force === true }))
  work.show(job, () => [`${job.id} ${job.state === 'cancelled' ? 'is cancelled' : 'is asked to stop'}`])
  return exitStatus.success
}

const remove = async (work: Work, _: SharedOptions, id: string): Promise<number> => {
  granted(await work.ledger.deleteEntry(id))
  work.show({ deleted: id }, () => [`the entry of ${id} is deleted`])
  return exitStatus.success
}
