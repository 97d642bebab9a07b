/**
 * The file that holds the reserve. Random bytes without holes: whatever a file system spares itself for zeros, it keeps blocks for these.
 *
 * How much is left is its size, so that every process that has the log open sees the same, and a restart does.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, ftruncateSync, openSync, statfsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Room for a commit or a few. Given back bit by bit, since whoever else writes to the disk takes what is free. */
const sliceBytes = 256 * 1024
const chunkBytes = 1024 * 1024

/** In bytes; null when the file is not there, or cannot be seen: no commit fails for that. */
export const bytesIn = (path: string): number | null => {
  try {
    return statSync(path).size
  } catch {
    return null
  }
}

/** What is free on its disk for a user without privileges, in bytes; 0 when that cannot be seen. */
export const bytesFreeAt = (path: string): number => {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  } catch {
    return 0
  }
}

/** Gives a slice back to the disk, to be used at once; false when there is nothing left to give, or it cannot be given. */
export const giveBackSlice = (path: string): boolean => {
  try {
    const left = bytesIn(path) ?? 0
    if (left > 0) shorten(path, Math.max(0, left - sliceBytes))
    return left > 0
  } catch {
    return false
  }
}

/** Some file systems free blocks only with their next transaction: the fsync asks for it. */
const shorten = (path: string, bytes: number): void => {
  const descriptor = openSync(path, 'r+')
  try {
    ftruncateSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Fills it up to `bytes`, for as long as `goesOn`; rejects when the disk does not take it. Appending, so that no hole can come of a race. */
export const fillUp = async (path: string, bytes: number, goesOn: () => boolean): Promise<void> => {
  const file = await open(path, 'a', 0o600)
  try {
    for (let left = (await file.stat()).size; left < bytes && goesOn(); left = (await file.stat()).size)
      await file.write(randomBytes(Math.min(chunkBytes, bytes - left)))
    await file.datasync()
  } finally {
    await file.close()
  }
}
