/**
 * Whole lines from a growing file. What has no newline yet is left for the next time, so a line is never read in halves.
 */
import { readSync } from 'node:fs'

export interface Chunk {
  readonly lines: ReadonlyArray<string>
  /** Where the next read begins. */
  readonly next: number
}

/** Also the length at which a line without an end is taken in pieces. One buffer will do: a read is used up before the next. */
const chunkBytes = 1024 * 1024
const buffer = Buffer.allocUnsafeSlow(chunkBytes)

/** `final`: nobody writes any more, so what is left without a newline is a line too. */
export const readLines = (fd: number, from: number, final: boolean): Chunk => {
  const size = readSync(fd, buffer, 0, chunkBytes, from)
  const bytes = buffer.subarray(0, size)
  const lastNewline = bytes.lastIndexOf(0x0a)
  if (lastNewline < 0)
    return size === chunkBytes || (final && size > 0) ? { lines: [bytes.toString()], next: from + size } : { lines: [], next: from }
  const whole = bytes.subarray(0, lastNewline).toString()
  return { lines: whole.split('\n'), next: from + lastNewline + 1 }
}
