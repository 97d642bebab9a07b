/**
 * Where a list of jobs goes on, as a text that nobody should look into: base64url of the position of the last job shown.
 */
import type { Position } from '@borgledger/eventstore'

const prefix = 'jobs-before:'

export const cursorAt = (position: Position): string => Buffer.from(`${prefix}${position}`).toString('base64url')

/** Null when the cursor is none of ours. */
export const positionOf = (cursor: string): Position | null => {
  const text = Buffer.from(cursor, 'base64url').toString()
  const position = Number(text.slice(prefix.length))
  // Written again and compared: decoding base64url passes over what it does not know.
  return Number.isSafeInteger(position) && position > 0 && cursorAt(position) === cursor ? position : null
}
