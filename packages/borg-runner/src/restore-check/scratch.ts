/** The folder of a restore check: restored files, and the archive's own list of them. It never outlives the check for long. */
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchPath } from '../run-dir.js'

export interface Scratch {
  readonly path: string
  readonly files: string
  readonly contents: string
}

export const scratchOf = (dataDir: string, runId: string): Scratch => {
  const path = scratchPath(dataDir, runId)
  return { path, files: join(path, 'files'), contents: join(path, 'contents') }
}

/** Restored folders may not be writable, even for us. */
export const removeScratch = async ({ path }: Pick<Scratch, 'path'>): Promise<void> => {
  const options = { recursive: true, force: true } as const
  await rm(path, options).catch(async () => {
    await openUp(path)
    await rm(path, options)
  })
}

const openUp = (path: string): Promise<void> => new Promise((resolve) => execFile('chmod', ['-R', 'u+rwX', path], () => resolve()))
