/** How something that was restored differs from what the archive says of it. Pure. */
import { constants } from 'node:fs'
import type { Entry, Found } from './entry.js'

/** File systems keep times more coarsely than borg does. */
const mtimeMsApart = 2_000

/** Null when it does not. */
export const differenceOf = (entry: Entry, found: Found | null): string | null => {
  if (!entry.healthy) return 'is damaged in the archive'
  if (found === null) return 'is missing'
  const { stats, linktarget } = found
  const [type, permissions] = [typeOf(stats.mode), permissionsOf(stats.mode)]
  const wanted = entry.mode.startsWith('h') ? '-' : entry.mode.slice(0, 1)
  if (type !== wanted) return `is ${names[type] ?? 'something else'}, not ${names[wanted] ?? wanted}`
  if (type === 'l') return linktarget === entry.linktarget ? null : `links to ${linktarget}, not to ${entry.linktarget}`
  if (permissions !== entry.mode.slice(1)) return `has the mode ${permissions}, not ${entry.mode.slice(1)}`
  return type === '-' ? fileDifference(entry, stats) : null
}

const fileDifference = (entry: Entry, stats: Found['stats']): string | null => {
  if (entry.mode.startsWith('-') && stats.size !== entry.size) return `has ${stats.size} bytes, not ${entry.size}`
  const mtimeMs = Date.parse(`${entry.mtime}Z`)
  if (Math.abs(stats.mtimeMs - mtimeMs) <= mtimeMsApart || Number.isNaN(mtimeMs)) return null
  return `was changed at ${new Date(stats.mtimeMs).toISOString()}, not at ${entry.mtime}Z`
}

const names: Readonly<Record<string, string>> = { '-': 'a file', d: 'a folder', l: 'a link' }
const { S_IFMT, S_IFREG, S_IFDIR, S_IFLNK } = constants
const types: ReadonlyMap<number, string> = new Map([
  [S_IFREG, '-'],
  [S_IFDIR, 'd'],
  [S_IFLNK, 'l'],
])

const typeOf = (mode: number): string => types.get(mode & S_IFMT) ?? '?'

const permissionsOf = (mode: number): string =>
  [
    triple(mode >> 6, mode & 0o4000 ? 's' : null),
    triple(mode >> 3, mode & 0o2000 ? 's' : null),
    triple(mode, mode & 0o1000 ? 't' : null),
  ].join('')

/** `special` takes the place of the `x`, in capitals where there is none. */
const triple = (bits: number, special: string | null): string => {
  const runs = (bits & 1) !== 0
  const last = special === null ? (runs ? 'x' : '-') : runs ? special : special.toUpperCase()
  return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
}
