/** Pages of a short list that stands in memory, in the order of its ids: a page goes on after an id, so that what comes and goes moves nothing. */
import type { Page, Result } from 'borgledger'
import { refused } from './answer.js'
import { limitDefault } from './query.js'

const prefix = 'after:'

export const pageById = <A extends { readonly id: string }>(
  all: ReadonlyArray<A>,
  { limit = limitDefault, cursor }: { readonly limit?: number; readonly cursor?: string },
): Result<Page<A>> => {
  const after = cursor === undefined ? '' : idOf(cursor)
  if (after === null) return refused({ code: 'malformed-request', message: 'cursor: expected what nextCursor said' })
  const rest = all.filter(({ id }) => id > after)
  const items = rest.slice(0, limit)
  const last = rest.length > limit ? items.at(-1) : undefined
  return { ok: true, value: { items, nextCursor: last === undefined ? null : cursorAfter(last.id) } }
}

const cursorAfter = (id: string): string => Buffer.from(`${prefix}${id}`).toString('base64url')

/** Null when the cursor is none of ours. */
const idOf = (cursor: string): string | null => {
  const id = Buffer.from(cursor, 'base64url').toString().slice(prefix.length)
  return id !== '' && cursorAfter(id) === cursor ? id : null
}
