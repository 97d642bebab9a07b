/** How often what happened: counts of all that there ever was, entries that were deleted since included, so that they only grow. */
import type { JobStatus, JobType } from '@borgledger/domain'
import type { Instant } from '@borgledger/eventstore'

export interface Tally {
  /** Of jobs that are over. `outcome`: null of those that did not complete. */
  readonly jobs: ReadonlyArray<{
    readonly type: JobType
    readonly state: JobStatus
    readonly outcome: 'success' | 'warning' | null
    readonly count: number
  }>
  /** Of due instants that have their outcome; a range counts as the instants that it holds. */
  readonly ticks: ReadonlyArray<{
    readonly scheduleId: string
    readonly outcome: 'fired' | 'skipped' | 'failed'
    readonly count: number
  }>
  /** When the last backup that completed did, for each repository that is registered; null when none did since its registration. */
  readonly backups: ReadonlyArray<{ readonly repositoryId: string; readonly lastGoodAt: Instant | null }>
}
