/**
 * The job logs that the workers write: `<data directory>/logs/<job id>.log`. Read while they grow; removed when that is decided.
 */
import { type FileHandle, open, stat, unlink } from 'node:fs/promises'
import type { JobLogs, OpenLog } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { isId, jobLogPath } from './run-dir.js'
import { tailStart } from './tail-start.js'

/** What is no id has no log. */
export const jobLogFiles = (dataDir: string): JobLogs => ({
  size: (jobId) => async () => (isId(jobId) ? ((await orNone(stat(jobLogPath(dataDir, jobId))))?.size ?? null) : null),
  open: (jobId) => async () => {
    const file = isId(jobId) ? await orNone(open(jobLogPath(dataDir, jobId), 'r')) : null
    return file && heldLog(file, jobLogPath(dataDir, jobId))
  },
  remove: (jobId) => () => removeLog(dataDir, jobId),
})

/** Null for what is not there. */
const orNone = async <A>(found: Promise<A>): Promise<A | null> => {
  try {
    return await found
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const heldLog = (file: FileHandle, path: string): OpenLog => {
  const size = async (): Promise<number> => (await file.stat()).size
  return {
    size,
    read: (start, lengthMax) => async () => {
      const there = await size()
      const from = Math.min(Math.max(0, start), there)
      const length = Math.min(lengthMax, there - from)
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, from)
      return { start: from, bytes: buffer.subarray(0, bytesRead), size: there }
    },
    tailStart: (lines) => async () => tailStart(file, await size(), lines),
    isThere: async () => {
      const [mine, named] = [await file.stat(), await orNone(stat(path))]
      return named !== null && named.ino === mine.ino && named.dev === mine.dev
    },
    close: () => file.close(),
  }
}

const removeLog = async (dataDir: string, jobId: string): Promise<E.Either<{ readonly message: string }, void>> => {
  if (!isId(jobId)) return E.right(undefined)
  try {
    await orNone(unlink(jobLogPath(dataDir, jobId)))
    return E.right(undefined)
  } catch (error) {
    return E.left({ message: (error as Error).message })
  }
}
