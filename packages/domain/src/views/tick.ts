/**
 * What became of a due instant, or of a range of them, as people see it; and its fold.
 */
import type { Recorded } from '../recorded.js'
import type { ScheduleEvent, TickError } from '../schedule/index.js'

export interface Tick {
  readonly dueAt: string
  readonly outcome: 'queued' | 'fired' | 'skipped' | 'failed'
  /** Why it waits (`retrying` while its job is tried again) or was skipped; of a failed one the code of its error. */
  readonly reason?: string
  readonly jobId?: string
  /** Of a range the last instant, which belongs to it. */
  readonly until?: string
  /** How many instants the range holds. */
  readonly count?: number
  /** The jobs that it waits for. */
  readonly jobs?: ReadonlyArray<string>
  readonly error?: TickError
  readonly retryAt?: string
  /** When that was recorded. */
  readonly at: string
  readonly position: number
}

type TickEvent = Extract<ScheduleEvent, { readonly dueAt: string }>

/** Each event says all that is to be shown of its instant from then on. */
export const tickOf = ({ event, at, position }: Recorded<TickEvent>): Tick => {
  const { dueAt } = event
  switch (event.type) {
    case 'TickQueued':
      return { dueAt, outcome: 'queued', reason: event.reason, jobs: event.jobs, at, position }
    case 'TickAttemptFailed':
      return { dueAt, outcome: 'queued', reason: 'retrying', error: event.error, retryAt: event.retryAt, at, position }
    case 'TickFired':
      return { dueAt, outcome: 'fired', jobId: event.madeJobId, at, position }
    case 'TicksSkipped':
      return { dueAt, outcome: 'skipped', reason: event.reason, ...rangeOf(event), at, position }
    case 'TickFailed':
      return { dueAt, outcome: 'failed', reason: event.error.code, error: event.error, at, position }
  }
}

const rangeOf = ({ until, count }: { readonly until: string; readonly count: number }) => (count === 1 ? {} : { until, count })
