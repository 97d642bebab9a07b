/** Watches a job to its end: a live line on a terminal, a line for each change of state elsewhere. */
import { isTerminal, type Job } from 'borgledger'
import { endSignals } from '../serve/signals.js'
import type { Work } from './command.js'
import { exitStatus } from './exit-status.js'
import { type JobDisplay, liveDisplay, plainDisplay, silentDisplay } from './job-display.js'
import { sayEnd } from './say-job.js'
import { CommandFailed } from './terminal.js'

/** Ctrl-C asks for a cancel; the second one leaves the job alone and ends the command. Resolves with the exit status. */
export const watchJob = async (work: Work, jobId: string): Promise<number> => {
  const display = displayFor(work)
  const signals = endSignals()
  void signals.first.then(() => cancel(work, jobId))
  void signals.second.then(() => process.exit(exitStatus.failed))
  try {
    let last: Job | null = null
    for await (const job of work.ledger.follow(jobId)) display.update((last = job))
    display.stop()
    if (last === null || !isTerminal(last.state)) throw new CommandFailed(`the ledger went away before job ${jobId} ended`)
    const job = last
    work.show(job, () => [sayEnd(job)])
    return statusOf(job)
  } finally {
    display.stop()
    signals.forget()
  }
}

const displayFor = ({ json, interactive, print }: Work): JobDisplay => {
  if (json) return silentDisplay
  return interactive ? liveDisplay() : plainDisplay(print)
}

const cancel = async ({ ledger, complain }: Work, jobId: string): Promise<void> => {
  complain('cancelling; interrupt again to leave it')
  const cancelled = await ledger.cancel(jobId, { reason: 'interrupted at the command line', force: false })
  if (!cancelled.ok && cancelled.error.code !== 'already-finished') complain(`it cannot be cancelled: ${cancelled.error.message}`)
}

const statusOf = ({ state }: Job): number => {
  if (state === 'completed') return exitStatus.success
  return state === 'cancelled' ? exitStatus.cancelled : exitStatus.failed
}
