/** How each job and each due instant came out, as far as two histories are compared by it. */
import type { DomainEvent } from '@borgledger/domain'

export interface JobOutcome {
  readonly startedMs: number | null
  readonly endedMs: number | null
  /** `completed`, `failed` with its code, `cancelled`, or where it stands. */
  readonly end: string
  readonly logRemoved: boolean
}

export interface Outcomes {
  readonly hear: (event: DomainEvent, atMs: number) => void
  readonly jobs: ReadonlyMap<string, JobOutcome>
  /** By schedule and due instant: `fired`, `failed`, or `skipped` with the reason. */
  readonly instants: ReadonlyMap<string, string>
}

const pending: JobOutcome = { startedMs: null, endedMs: null, end: 'pending', logRemoved: false }

export const createOutcomes = (): Outcomes => {
  const jobs = new Map<string, JobOutcome>()
  const instants = new Map<string, string>()
  const set = (jobId: string, change: Partial<JobOutcome>): void => void jobs.set(jobId, { ...(jobs.get(jobId) ?? pending), ...change })
  const hear: Outcomes['hear'] = (event, atMs) => {
    switch (event.type) {
      case 'JobRequested':
        return set(event.jobId, {})
      case 'JobStarted':
        return set(event.jobId, { startedMs: atMs, end: 'running' })
      case 'JobCompleted':
        return set(event.jobId, { endedMs: atMs, end: `completed with ${event.outcome}` })
      case 'JobFailed':
        return set(event.jobId, { endedMs: atMs, end: `failed (${event.error.code})` })
      case 'JobCancelled':
        return set(event.jobId, { endedMs: atMs, end: 'cancelled' })
      case 'LogRemovalDecided':
        return set(event.jobId, { logRemoved: true })
      case 'TickFired':
        return void instants.set(`${event.scheduleId} ${event.dueAt}`, 'fired')
      case 'TicksSkipped':
        return void instants.set(`${event.scheduleId} ${event.dueAt}`, `skipped (${event.reason})`)
      case 'TickFailed':
        return void instants.set(`${event.scheduleId} ${event.dueAt}`, `failed (${event.error.code})`)
    }
  }
  return { hear, jobs, instants }
}
