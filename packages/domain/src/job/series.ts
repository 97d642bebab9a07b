/**
 * What is known of each series: the sizes of its last good backups, against which a suspiciously small one shows, and its newest good
 * archive, which no prune may delete.
 */
import type { JobEvent } from './events.js'
import type { JobState } from './state.js'

const keptMax = 5

export interface SeriesState {
  readonly repositoryId: string | null
  /** Original bytes, oldest first, at most five. */
  readonly goodSizes: ReadonlyArray<number>
  readonly newestGood: string | null
}

export type AllSeries = ReadonlyMap<string, SeriesState>

export const seriesKey = (repositoryId: string | null, series: string | null): string => `${repositoryId ?? ''}/${series ?? ''}`

/** A backup that completed with success is good. */
export const evolveSeries = (all: AllSeries, job: JobState, event: JobEvent): AllSeries => {
  if (event.type !== 'JobCompleted' || event.outcome !== 'success' || job.work.type !== 'backup') return all
  const key = seriesKey(job.repositoryId, job.series)
  const sizes = all.get(key)?.goodSizes ?? []
  const goodSizes = event.originalBytes === null ? sizes : [...sizes, event.originalBytes].slice(-keptMax)
  return new Map(all).set(key, { repositoryId: job.repositoryId, goodSizes, newestGood: event.archive })
}

/** One for each series of the repository that has any. */
export const newestGoodOf = (repositoryId: string | null, all: AllSeries): ReadonlyArray<string> =>
  [...all.values()].flatMap((series) => (series.repositoryId === repositoryId && series.newestGood !== null ? [series.newestGood] : []))
