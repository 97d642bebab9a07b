/** What an error of SQLite means. By number, since texts differ between versions; https://www.sqlite.org/rescode.html has the list. */

export type SqliteFault = 'busy' | 'full' | 'read-only' | 'corrupt' | 'unique' | 'io' | 'cannot-open' | 'other'

const primaryFaults = new Map<number, SqliteFault>([
  [5, 'busy'],
  [8, 'read-only'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'cannot-open'],
  [26, 'corrupt'],
])

const extendedFaults = new Map<number, SqliteFault>([
  [1555, 'unique'],
  [2067, 'unique'],
  // The index of the write-ahead log could not grow: SQLite names no reason, and no space is the usual one.
  [4874, 'full'],
])

/** `null` when the error is not one of SQLite's: a bug, to be thrown on. */
export const classify = (error: unknown): SqliteFault | null => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  // Extended codes keep the primary one in their lowest byte.
  return extendedFaults.get(error.errcode) ?? primaryFaults.get(error.errcode & 0xff) ?? 'other'
}
