/** How each job and each due instant came out, as far as two histories are compared by it: a few numbers of each. */
import type { DomainEvent } from '@borgledger/domain'
import { column } from './column.js'
import { createIds, type Ids } from './ids.js'

export interface JobOutcome {
  readonly startedMs: number | null
  /** `completed`, `failed` with its code, `cancelled`, or where it stands. */
  readonly end: string
  readonly logRemoved: boolean
}

export interface Outcomes {
  readonly hear: (event: DomainEvent, atMs: number) => void
  /** Undefined when it was never asked for. */
  readonly job: (jobId: string) => JobOutcome | undefined
  /** By schedule and due instant: `fired`, `failed`, or `skipped` with the reason. Undefined when it was never heard of. */
  readonly instant: (instant: string) => string | undefined
}

/** What is told of in the histories that are compared. */
export interface Names {
  /** Of jobs and of all else that has an id. */
  readonly ids: Ids
  readonly instants: Ids
  /** What became of them, as it is said. */
  readonly ends: Ids
}

export const createNames = (): Names => ({ ids: createIds(), instants: createIds(), ends: createIds() })

export const createOutcomes = ({ ids, instants, ends }: Names): Outcomes => {
  const [startTimes, jobEnds, logsRemoved, instantEnds] = [column(), column(), column(), column()]
  const said = (end: number | undefined): string | undefined => (end === undefined ? undefined : ends.all[end])
  const begin = (jobId: string): number => {
    const job = ids.numberOf(jobId)
    if (jobEnds.get(job) === undefined) jobEnds.set(job, ends.numberOf('pending'))
    return job
  }
  const endJob = (jobId: string, end: string): void => jobEnds.set(begin(jobId), ends.numberOf(end))
  const endInstant = (event: { readonly scheduleId: string; readonly dueAt: string }, end: string): void =>
    instantEnds.set(instants.numberOf(`${event.scheduleId} ${event.dueAt}`), ends.numberOf(end))
  const hear: Outcomes['hear'] = (event, atMs) => {
    switch (event.type) {
      case 'JobRequested':
        return void begin(event.jobId)
      case 'JobStarted':
        startTimes.set(begin(event.jobId), atMs)
        return endJob(event.jobId, 'running')
      case 'JobCompleted':
        return endJob(event.jobId, `completed with ${event.outcome}`)
      case 'JobFailed':
        return endJob(event.jobId, `failed (${event.error.code})`)
      case 'JobCancelled':
        return endJob(event.jobId, 'cancelled')
      case 'LogRemovalDecided':
        return logsRemoved.set(begin(event.jobId), 1)
      case 'TickFired':
        return endInstant(event, 'fired')
      case 'TicksSkipped':
        return endInstant(event, `skipped (${event.reason})`)
      case 'TickFailed':
        return endInstant(event, `failed (${event.error.code})`)
    }
  }
  return {
    hear,
    job: (jobId) => {
      const job = ids.known(jobId) ?? Number.NaN
      const end = said(jobEnds.get(job))
      return end === undefined ? undefined : { startedMs: startTimes.get(job) ?? null, end, logRemoved: logsRemoved.get(job) === 1 }
    },
    instant: (instant) => said(instantEnds.get(instants.known(instant) ?? Number.NaN)),
  }
}
