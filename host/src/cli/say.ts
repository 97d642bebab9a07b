/** How records read on a terminal. */
import type { Job, Progress } from 'borgledger'

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Decimal, as borg says it: `1.36 MB`. */
export const sayBytes = (bytes: number): string => {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(2)} ${units[power]}`
}

export const sayProgress = ({ files, originalBytes, deduplicatedBytes }: Progress): string =>
  [
    files === undefined ? '' : `${files} files`,
    originalBytes === undefined ? '' : sayBytes(originalBytes),
    deduplicatedBytes === undefined ? '' : `${sayBytes(deduplicatedBytes)} new`,
  ]
    .filter((part) => part !== '')
    .join(', ')

/** `completed (warning)`, `running`, `pending, waits: repository-busy (job_…)`. */
export const sayState = ({ state, outcome, waitingFor, unattended, stalledSince }: Job): string => {
  if (unattended) return `${state}, unattended`
  if (stalledSince !== null) return `${state}, stalled since ${stalledSince}`
  if (outcome === 'warning') return `${state} (warning)`
  return waitingFor === null ? state : `${state}, waits: ${waitingFor.reason} (${waitingFor.jobs.join(', ')})`
}

/** Rows in columns as wide as their widest cell. */
export const sayTable = (rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

interface Listed<A> {
  readonly items: ReadonlyArray<A>
  readonly nextCursor: string | null
}

/** A list for a person; one that goes on says so. `what`: what it is a list of. */
export const sayPage = <A>(
  { items, nextCursor }: Listed<A>,
  what: string,
  heads: ReadonlyArray<string>,
  rowOf: (item: A) => ReadonlyArray<string>,
): ReadonlyArray<string> => {
  if (items.length === 0) return [`no ${what}`]
  const table = sayTable([heads, ...items.map(rowOf)])
  return nextCursor === null ? table : [...table, `there are more ${what} than these ${items.length}`]
}
