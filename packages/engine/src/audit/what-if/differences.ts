/** What became otherwise, counted and told. */
import { sayDuration } from '@borgledger/domain'
import type { JobOutcome, Names, Outcomes } from './outcomes.js'

export interface Difference {
  /** A job, or a schedule with its due instant. */
  readonly about: string
  /** A sentence. */
  readonly what: string
}

export interface Differences {
  readonly startedEarlier: number
  readonly startedLater: number
  /** Jobs that came to another end, are only there in one of the two, or have not ended in one of them. */
  readonly endedOtherwise: number
  /** Job logs that are kept, and that are removed, unlike before. */
  readonly logsKept: number
  readonly logsRemoved: number
  readonly instants: number
  /** The first of them. */
  readonly items: ReadonlyArray<Difference>
}

const itemsMax = 200

export const differencesBetween = ({ ids, instants }: Names, then: Outcomes, now: Outcomes): Differences => {
  const counts = { startedEarlier: 0, startedLater: 0, endedOtherwise: 0, logsKept: 0, logsRemoved: 0, instants: 0 }
  const items: Difference[] = []
  const tell = (count: keyof typeof counts, about: string, what: string): void => {
    counts[count] += 1
    if (items.length < itemsMax) items.push({ about, what })
  }
  for (const id of ids.all) compareJobs(id, then.job(id), now.job(id), tell)
  for (const instant of instants.all) {
    const [before, after] = [then.instant(instant) ?? 'not there', now.instant(instant) ?? 'not there']
    if (before !== after) tell('instants', instant, `${after} instead of ${before}`)
  }
  return { ...counts, items }
}

type Tell = (count: Exclude<keyof Differences, 'items'>, about: string, what: string) => void

const compareJobs = (jobId: string, then: JobOutcome | undefined, now: JobOutcome | undefined, tell: Tell): void => {
  if (then?.end !== now?.end) tell('endedOtherwise', jobId, `${now?.end ?? 'not there'} instead of ${then?.end ?? 'not there'}`)
  if (then === undefined || now === undefined) return
  if (then.startedMs !== now.startedMs) compareStarts(jobId, then.startedMs, now.startedMs, tell)
  if (then.logRemoved && !now.logRemoved) tell('logsKept', jobId, 'its log is kept')
  if (!then.logRemoved && now.logRemoved) tell('logsRemoved', jobId, 'its log is removed')
}

const compareStarts = (jobId: string, then: number | null, now: number | null, tell: Tell): void => {
  if (now === null) tell('startedLater', jobId, 'never started')
  else if (then === null) tell('startedEarlier', jobId, 'started, which it never did')
  else if (now < then) tell('startedEarlier', jobId, `started ${sayDuration(then - now)} earlier`)
  else tell('startedLater', jobId, `started ${sayDuration(now - then)} later`)
}
