/**
 * What is known of each series: its last good archives. Their sizes are what a suspiciously small one is compared with, and the newest of
 * them is deleted by no prune.
 */
import type { JobEvent } from './events.js'
import type { JobState } from './state.js'

const keptMax = 5

interface GoodArchive {
  readonly archive: string
  readonly originalBytes: number | null
}

export interface SeriesState {
  readonly repositoryId: string | null
  /** Oldest first, at most five. */
  readonly good: ReadonlyArray<GoodArchive>
}

export type AllSeries = ReadonlyMap<string, SeriesState>

export const seriesKey = (repositoryId: string | null, series: string | null): string => `${repositoryId ?? ''}/${series ?? ''}`

/** An archive is good when it was made without a warning, whatever became of the prune after it; and as long as no job deletes it. */
export const evolveSeries = (all: AllSeries, job: JobState, event: JobEvent): AllSeries => {
  if (event.type === 'StepFinished' && event.step === 'create' && event.outcome === 'success' && job.made !== null) {
    const key = seriesKey(job.repositoryId, job.series)
    const good = [...(all.get(key)?.good ?? []), job.made].slice(-keptMax)
    return new Map(all).set(key, { repositoryId: job.repositoryId, good })
  }
  if (event.type === 'JobCompleted' && job.work.type === 'archive-delete') return without(job.work.spec.archive, job.repositoryId, all)
  return all
}

const without = (name: string, repositoryId: string | null, all: AllSeries): AllSeries =>
  new Map(
    [...all].map(([key, series]) => {
      const isMeant = series.repositoryId === repositoryId
      return [key, isMeant ? { ...series, good: series.good.filter(({ archive }) => archive !== name) } : series]
    }),
  )

/** In bytes, of those whose size is known. */
export const goodSizesOf = (series: SeriesState | undefined): ReadonlyArray<number> =>
  (series?.good ?? []).flatMap(({ originalBytes }) => originalBytes ?? [])

/** One for each series of the repository that has any. */
export const newestGoodOf = (repositoryId: string | null, all: AllSeries): ReadonlyArray<string> => {
  const newest: string[] = []
  for (const series of all.values()) {
    const archive = series.repositoryId === repositoryId ? series.good.at(-1)?.archive : undefined
    if (archive !== undefined) newest.push(archive)
  }
  return newest
}
