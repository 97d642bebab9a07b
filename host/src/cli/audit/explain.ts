/** `borgledger audit explain`. */
import type { Explained } from 'borgledger'
import { granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { CommandFailed } from '../terminal.js'

export interface ExplainOptions extends SharedOptions {
  readonly schedule?: string
  readonly due?: string
  readonly repository?: string
  readonly from?: string
  readonly to?: string
}

export const explain = async ({ ledger, show }: Work, options: ExplainOptions, jobId: string | undefined): Promise<number> => {
  const { summary, ...explained } = granted(await ledger.explain(pathOf(options, jobId)))
  const whole = summary === undefined ? explained : { summary, ...explained }
  show(whole, () => [...explained.items.map(sayItem), ...(summary === undefined ? [] : [summary])])
  return exitStatus.success
}

const sayItem = ({ position, at, sentence }: Explained): string => `${at}  ${String(position).padStart(6)}  ${sentence}`

const pathOf = ({ schedule, due, repository, from, to }: ExplainOptions, jobId: string | undefined): string => {
  const asked = [jobId, schedule, repository].filter((name) => name !== undefined)
  if (asked.length !== 1 || (schedule === undefined) !== (due === undefined))
    throw new CommandFailed('expected a job, or --schedule with --due, or --repository', exitStatus.wrongUsage)
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ dueAt: due, from, to })) if (value !== undefined) query.set(name, value)
  const noun = jobId !== undefined ? 'jobs' : schedule !== undefined ? 'schedules' : 'repositories'
  return `${noun}/${encodeURIComponent(asked[0] ?? '')}${query.size === 0 ? '' : `?${query}`}`
}
