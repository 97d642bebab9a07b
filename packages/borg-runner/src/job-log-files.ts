/**
 * Reads the job logs that the workers write: `<data directory>/logs/<job id>.log`.
 */
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises'
import type { JobLogs } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { isId, jobLogPath, jobLogsPath, jobOfLog } from './run-dir.js'

const stepBytes = 64 * 1024

/** What is no id has no log. */
export const jobLogFiles = (dataDir: string): JobLogs => {
  /** Null when there is no log. */
  const withLog = async <A>(jobId: string, use: (file: FileHandle, size: number) => Promise<A>): Promise<A | null> => {
    if (!isId(jobId)) return null
    let file: FileHandle | null = null
    try {
      file = await open(jobLogPath(dataDir, jobId), 'r')
      return await use(file, (await file.stat()).size)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    } finally {
      await file?.close()
    }
  }
  return {
    size: (jobId) => () => withLog(jobId, async (_, size) => size),
    read: (jobId, start, lengthMax) => () =>
      withLog(jobId, async (file, size) => {
        const from = Math.min(Math.max(0, start), size)
        return { start: from, bytes: await bytesOf(file, from, Math.min(lengthMax, size - from)), size }
      }),
    jobIds: async () => (await readdir(jobLogsPath(dataDir)).catch(() => [])).flatMap((name) => jobOfLog(name) ?? []),
    remove: (jobId) => () => removeLog(dataDir, jobId),
    tailStart: (jobId, lines) => async () => (await withLog(jobId, (file, size) => tailStart(file, size, lines))) ?? 0,
  }
}

/** A log that is being read goes on being there for its reader. */
const removeLog = async (dataDir: string, jobId: string): Promise<E.Either<{ readonly message: string }, boolean>> => {
  if (!isId(jobId)) return E.right(false)
  try {
    await unlink(jobLogPath(dataDir, jobId))
    return E.right(true)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? E.right(false) : E.left({ message })
  }
}

const bytesOf = async (file: FileHandle, start: number, length: number): Promise<Uint8Array> => {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, start)
  return buffer.subarray(0, bytesRead)
}

/** Counts line ends backwards; the one that ends the file ends its last line and begins none. */
const tailStart = async (file: FileHandle, size: number, lines: number): Promise<number> => {
  if (lines <= 0) return size
  let found = 0
  for (let end = size; end > 0; end -= stepBytes) {
    const start = Math.max(0, end - stepBytes)
    const bytes = await bytesOf(file, start, end - start)
    for (let at = bytes.length - 1; at >= 0; at -= 1) {
      if (bytes[at] !== 0x0a || start + at === size - 1) continue
      found += 1
      if (found === lines) return start + at + 1
    }
  }
  return 0
}
