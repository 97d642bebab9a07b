/**
 * The name of a backup's archive: `<series>-<UTC yyyymmddThhmmssZ>`, or what the spec's template says.
 *
 * A template may hold `{series}`, `{time}` and `{job}`; every other brace is refused, because borg would expand it.
 */
const known = /\{(series|time|job)\}/g

/** `2026-11-03T02:13:00.000Z` becomes `20261103T021300Z`. */
const stampOf = (at: string): string => `${at.slice(0, 19).replace(/[-:]/g, '')}Z`

/** What archives are named by unless a spec says otherwise. By such names a series is told from others. */
export const seriesTemplate = '{series}-{time}'

/** What borg keeps of an interrupted backup (its own word is checkpoint). Its lists leave them out unless asked; its prune deletes superseded ones. */
export const isUnfinished = (name: string): boolean => /\.checkpoint(\.\d+)?$/.test(name)

/** Null when it is fine; otherwise what is wrong with it. */
export const templateProblem = (template: string): string | null => {
  const rest = template.replace(known, 'x')
  if (/[{}]/.test(rest)) return 'expected no placeholder but {series}, {time} and {job}'
  if (isUnfinished(rest)) return 'expected no .checkpoint at the end, by which borg marks unfinished archives'
  if (rest.includes('/')) return 'expected no slash in an archive name'
  if (rest.trim() !== rest || rest.length > 100) return 'expected at most 100 characters and no blank at either end'
  return null
}

/** `attempt` counts from 1; a later one gets it as a suffix, so that a clash of names is no failure. */
export const archiveNameOf = (
  template: string | undefined,
  of: { readonly series: string; readonly jobId: string; readonly at: string; readonly attempt: number },
): string => {
  const values: Readonly<Record<string, string>> = { series: of.series, time: stampOf(of.at), job: of.jobId }
  const name = (template ?? seriesTemplate).replace(known, (_, key: string) => values[key] ?? '')
  return of.attempt === 1 ? name : `${name}-${of.attempt}`
}

/** What the archive's comment says, by which it is found again whatever its name. */
export const archiveCommentOf = (series: string, jobId: string): string => `series=${series} job=${jobId}`

/** Who made an archive, by its comment; null for one that is none of ours. */
export const makerIn = (comment: string): { readonly series: string; readonly jobId: string } | null => {
  const [, series, jobId] = /^series=(.+) job=(\S+)$/.exec(comment) ?? []
  return series === undefined || jobId === undefined ? null : { series, jobId }
}
