/**
 * Clears away what no one will ask for any more: the folders of runs of whose end somebody heard more than a week ago, scratch folders whose
 * run is gone, and what processes of borg that are gone left of temporary files. A run of which nobody heard stays, however old it is.
 */
import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { borgTmps, removeBorgTmp } from './borg-tmp.js'
import type { RunnerOptions } from './options.js'
import { livenessOf } from './process/liveness.js'
import { removeScratch, scratchOf } from './restore-check/scratch.js'
import { isId, type RunDir, runDir, scratchPath } from './run-dir.js'
import { allRuns } from './run-dirs.js'

const keptMs = 7 * 86_400_000

/** Never rejects: what cannot be removed now is left for the next time. */
export const sweep = async ({ dataDir, log }: RunnerOptions, nowMs: number): Promise<void> => {
  const tmps = borgTmps(dataDir)
  try {
    for (const run of await allRuns(dataDir)) if (await isOld(run, nowMs)) await rm(run.path, { recursive: true, force: true })
    for (const runId of await scratchIds(dataDir))
      if (await isLeftOver(runDir(dataDir, runId))) await removeScratch(scratchOf(dataDir, runId))
    for (const token of tmps) if (await isOver(runDir(dataDir, token))) await removeBorgTmp(dataDir, token)
  } catch (error) {
    log?.warn({ problem: (error as Error).message }, 'what is left of old runs could not be cleared away')
  }
}

const isOld = async (run: RunDir, nowMs: number): Promise<boolean> => {
  const told = await stat(run.told).catch(() => null)
  return told !== null && nowMs - told.mtimeMs > keptMs
}

const scratchIds = async (dataDir: string): Promise<ReadonlyArray<string>> =>
  (await readdir(dirname(scratchPath(dataDir, 'any'))).catch(() => [])).filter(isId)

/** One that has ended and was not compared yet still needs its files; one that never began is about to be started. */
const isLeftOver = async (run: RunDir): Promise<boolean> => {
  if (!existsSync(run.path) || existsSync(run.compared)) return true
  return existsSync(run.started) && !existsSync(run.exit) && (await livenessOf(run)) === 'gone'
}

/** A call of borg that was no run has no folder, and ended with the owner that made it. */
const isOver = async (run: RunDir): Promise<boolean> => {
  if (!existsSync(run.path) || existsSync(run.exit)) return true
  return existsSync(run.started) && (await livenessOf(run)) === 'gone'
}
