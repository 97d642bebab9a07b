/** History in words: one sentence an event, for somebody who has not seen the code. */
import type { DomainEvent } from '../event.js'
import type { Recorded } from '../recorded.js'
import { foldJob, type Job, jobsShowing } from '../views/index.js'
import { sentenceOf } from './sentence.js'

export { sayDuration } from './phrases.js'

export interface Explained {
  readonly position: number
  readonly at: string
  readonly sentence: string
}

/**
 * Takes events in order and gives the sentence of each. `about`: the job that it is all about; sentences of other jobs begin with their ids.
 * How long a job waited is told as far as its events were taken.
 */
export const explainer = (about: string | null): ((recorded: Recorded<DomainEvent>) => Explained) => {
  const jobs = new Map<string, Job>()
  return (recorded) => {
    const { event, position, at } = recorded
    const jobId = 'jobId' in event ? event.jobId : null
    const sentence = sentenceOf(recorded, jobId === null ? undefined : jobs.get(jobId))
    if ('jobId' in event)
      for (const id of jobsShowing(event)) {
        const job = foldJob(id, jobs.get(id), { ...recorded, event })
        if (job !== undefined) jobs.set(id, job)
      }
    return { position, at, sentence: jobId === null || jobId === about ? sentence : `${jobId}: ${sentence}` }
  }
}
