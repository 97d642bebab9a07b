/** All runs that have a folder. */
import { readdir } from 'node:fs/promises'
import { isId, type RunDir, runDir, runsPath } from './run-dir.js'

export const allRuns = async (dataDir: string): Promise<ReadonlyArray<RunDir & { readonly runId: string }>> =>
  (await readdir(runsPath(dataDir)).catch(() => [])).filter(isId).map((runId) => ({ ...runDir(dataDir, runId), runId }))
