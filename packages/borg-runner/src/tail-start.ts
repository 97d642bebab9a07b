/** Where the last lines of a file begin, found from its end, so that the tail of a long log costs no more than of a short one. */
import type { FileHandle } from 'node:fs/promises'

const stepBytes = 64 * 1024

/** A byte offset. Counts line ends backwards; the one that ends the file ends its last line and begins none. */
export const tailStart = async (file: FileHandle, size: number, lines: number): Promise<number> => {
  if (lines <= 0) return size
  let found = 0
  for (let end = size; end > 0; end -= stepBytes) {
    const start = Math.max(0, end - stepBytes)
    const { buffer, bytesRead } = await file.read(new Uint8Array(end - start), 0, end - start, start)
    for (let at = bytesRead - 1; at >= 0; at -= 1) {
      if (buffer[at] !== 0x0a || start + at === size - 1) continue
      found += 1
      if (found === lines) return start + at + 1
    }
  }
  return 0
}
