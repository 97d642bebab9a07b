/**
 * Where a list goes on, as a text that nobody should look into: base64url of the list's name and the position, or the due instant, of the
 * last that was shown.
 */
import { Instant } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'

export type List = 'jobs' | 'deliveries'

export const cursorAt = (list: List, position: Position): string => Buffer.from(`${list}-before:${position}`).toString('base64url')

/** Null when the cursor is none of this list's. */
export const positionOf = (list: List, cursor: string): Position | null => {
  const text = Buffer.from(cursor, 'base64url').toString()
  const position = Number(text.slice(`${list}-before:`.length))
  // Written again and compared: decoding base64url passes over what it does not know.
  return Number.isSafeInteger(position) && position > 0 && cursorAt(list, position) === cursor ? position : null
}

const ticksPrefix = 'ticks-before:'

export const tickCursor = (dueAt: string): string => Buffer.from(`${ticksPrefix}${dueAt}`).toString('base64url')

/** Null when the cursor is none of ours. */
export const instantOf = (cursor: string): string | null => {
  const instant = Buffer.from(cursor, 'base64url').toString().slice(ticksPrefix.length)
  return Instant.is(instant) && tickCursor(instant) === cursor ? instant : null
}
