/**
 * The last good sizes of each series, against which a suspiciously small backup shows.
 */
import type { JobEvent } from './events.js'
import type { JobState } from './state.js'

const keptMax = 5

export const seriesKey = (repositoryId: string | null, series: string | null): string => `${repositoryId ?? ''}/${series ?? ''}`

type GoodSizes = ReadonlyMap<string, ReadonlyArray<number>>

/** A backup that completed with success adds its original bytes; older ones fall off. */
export const evolveSeries = (sizes: GoodSizes, job: JobState, event: JobEvent): GoodSizes => {
  if (event.type !== 'JobCompleted' || event.outcome !== 'success' || event.originalBytes === null) return sizes
  const key = seriesKey(job.repositoryId, job.series)
  return new Map(sizes).set(key, [...(sizes.get(key) ?? []), event.originalBytes].slice(-keptMax))
}
