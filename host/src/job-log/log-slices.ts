/** A part of a job's log, read piece by piece as the reader takes it. It ends early, and cleanly, when the log is removed meanwhile. */
import type { JobLog } from 'borgledger'

const sliceBytesMax = 64 * 1024

export async function* logSlices(log: JobLog, jobId: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const slice = await log.read(jobId, at, Math.min(sliceBytesMax, end - at))
    if (slice === null || slice.bytes.length === 0) return
    yield slice.bytes
    at += slice.bytes.length
  }
}
