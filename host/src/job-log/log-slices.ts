/** A part of a job's log, read piece by piece as the reader takes it; whole, also when the log is removed meanwhile. */
import type { OpenLog } from 'borgledger'

const sliceBytesMax = 64 * 1024

/** Closes the log at its end, and when the reader leaves. */
export async function* logSlices(log: OpenLog, start: number, end: number): AsyncGenerator<Uint8Array> {
  try {
    for (let at = start; at < end; ) {
      const { bytes } = await log.read(at, Math.min(sliceBytesMax, end - at))()
      if (bytes.length === 0) return
      yield bytes
      at += bytes.length
    }
  } finally {
    await log.close()
  }
}
