/**
 * A query as SQL over the indexes: positions that match, ascending, at most so many.
 *
 * Every alternative yields its own first positions by an index, then they are merged; so a page costs what it holds, not what lies behind it.
 */
import { type EventQuery, isStorable, type QueryItem } from '@borgledger/eventstore'
import type { SqlValue } from './driver/index.js'

/** `scan` is for what the indexes cannot help with: read everything and look at each event. */
export type Plan =
  | { readonly tag: 'scan' }
  | { readonly tag: 'none' }
  | { readonly tag: 'search'; readonly branches: ReadonlyArray<Branch> }

interface Branch {
  readonly tags: ReadonlyArray<string>
  readonly types: ReadonlyArray<string>
}

export interface Window {
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

// SQLite takes at most 500 parts of a compound select, and who asks for so many alternatives wants most of the log anyway.
const branchesMax = 100
const valuesMax = 100

export const planQuery = (query: EventQuery): Plan => {
  if (query === 'all') return { tag: 'scan' }
  const branches = query.flatMap(branchesOf)
  if (branches.length === 0) return { tag: 'none' }
  const helpless = branches.some(({ tags, types }) => tags.length + types.length === 0 || tags.length + types.length > valuesMax)
  return helpless || branches.length > branchesMax ? { tag: 'scan' } : { tag: 'search', branches }
}

const branchesOf = ({ tags = [], types: asked = [] }: QueryItem): ReadonlyArray<Branch> => {
  // SQLite would look for something similar instead of what cannot be there.
  const types = asked.filter(isStorable)
  if (!tags.every(isStorable) || (types.length === 0 && asked.length > 0)) return []
  return tags.length > 0 || types.length === 0 ? [{ tags, types }] : types.map((type) => ({ tags, types: [type] }))
}

const marks = (count: number): string => Array(count).fill('?').join(', ')

const branchSql = ({ tags, types }: Branch): string => {
  if (tags.length === 0) return 'SELECT position FROM events WHERE type = ? AND position > ? AND position <= ? ORDER BY position LIMIT ?'
  const more = tags.slice(1).map(() => 'AND EXISTS (SELECT 1 FROM event_tags o WHERE o.tag = ? AND o.position = t.position)')
  if (types.length > 0) more.push(`AND (SELECT type FROM events e WHERE e.position = t.position) IN (${marks(types.length)})`)
  return `SELECT position FROM event_tags t WHERE tag = ? AND position > ? AND position <= ? ${more.join(' ')} ORDER BY position LIMIT ?`
}

const branchValues = ({ tags, types }: Branch, { after, upTo, limit }: Window): ReadonlyArray<SqlValue> => {
  const [driving = '', ...others] = tags.length === 0 ? types : [...tags, ...types]
  return [driving, after, upTo, ...others, limit]
}

/** One column, `position`. */
export const positionsSql = (branches: ReadonlyArray<Branch>): string =>
  `${branches.map((branch) => `SELECT position FROM (${branchSql(branch)})`).join(' UNION ')} ORDER BY position LIMIT ?`

export const positionsValues = (branches: ReadonlyArray<Branch>, window: Window): ReadonlyArray<SqlValue> => [
  ...branches.flatMap((branch) => branchValues(branch, window)),
  window.limit,
]
