/** What is shown of a job while it runs. */
import type { Job } from 'borgledger'
import cliProgress from 'cli-progress'
import { sayProgress, sayState } from './say.js'

export interface JobDisplay {
  readonly update: (job: Job) => void
  readonly stop: () => void
}

export const silentDisplay: JobDisplay = { update: () => undefined, stop: () => undefined }

/** One line for each change of the state; the terminal one is left to the end of the command. */
export const plainDisplay = (print: (line: string) => void): JobDisplay => {
  let shown = ''
  return {
    update: (job) => {
      const line = `${job.type} ${job.id} ${sayState(job)}`
      if (line !== shown && job.finishedAt === null) print(line)
      shown = line
    },
    stop: () => undefined,
  }
}

/** A line that is written over; a bar where the percentage is known. Borg does not know beforehand how much there will be. */
export const liveDisplay = (): JobDisplay => {
  const bar = new cliProgress.SingleBar({ format, hideCursor: true, clearOnComplete: true, stopOnComplete: false, gracefulExit: false })
  let started = false
  return {
    update: (job) => {
      if (!started) bar.start(100, 0, { job })
      started = true
      bar.update(job.progress?.percent ?? 0, { job })
    },
    stop: () => bar.stop(),
  }
}

const barWidth = 30

const format: cliProgress.GenericFormatter = (_, { progress }, { job }: { readonly job: Job }) => {
  const known = job.progress?.percent ?? null
  const filled = Math.round(progress * barWidth)
  const bar = known === null ? '' : ` [${'='.repeat(filled)}${' '.repeat(barWidth - filled)}] ${known.toFixed(0)} %`
  return `${job.type} ${sayState(job)}${bar} ${job.progress === null ? '' : sayProgress(job.progress)}`
}
