/** `borgledger audit explain`. */
import type { Explained } from 'borgledger'
import { granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { CommandFailed } from '../terminal.js'

interface ExplainOptions extends SharedOptions {
  readonly schedule?: string
  readonly due?: string
  readonly repository?: string
  readonly from?: string
  readonly to?: string
}

export const explain = async ({ ledger, show }: Work, options: ExplainOptions, jobId: string | undefined): Promise<number> => {
  const { schedule, due, repository, from, to } = options
  const named = { jobs: jobId, schedules: schedule, repositories: repository }
  const [asked, ...more] = Object.entries(named).filter(([, id]) => id !== undefined)
  if (asked === undefined || more.length > 0 || (schedule === undefined) !== (due === undefined))
    throw new CommandFailed('expected a job, or --schedule with --due, or --repository', exitStatus.wrongUsage)
  const [noun, id = ''] = asked
  const { summary, ...explained } = granted(await ledger.explain(`${noun}/${encodeURIComponent(id)}`, { dueAt: due, from, to }))
  const whole = summary === undefined ? explained : { summary, ...explained }
  show(whole, () => [...explained.items.map(sayItem), ...(summary === undefined ? [] : [summary])])
  return exitStatus.success
}

const sayItem = ({ position, at, sentence }: Explained): string => `${at}  ${String(position).padStart(6)}  ${sentence}`
