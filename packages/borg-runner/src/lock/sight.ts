/**
 * Is the process that holds a lock still there, and may it be a borg of ours? Borg itself only asks whether the pid is taken; by now it may be
 * a stranger's.
 */
import { readFile } from 'node:fs/promises'
import { parseStat, readIdentity } from '../process/identity.js'
import { livenessOf } from '../process/liveness.js'
import { allRuns } from '../run-dirs.js'
import type { HolderSight } from './decide.js'

/** A run of ours that lives counts also where its process cannot be seen. */
export const sightOfHolder = async (dataDir: string, pid: number): Promise<HolderSight> => {
  for (const run of await allRuns(dataDir)) {
    if (readIdentity(run.pid)?.pid === pid && (await livenessOf(run)) !== 'gone') return 'alive'
  }
  return sightOfPid(pid)
}

/** Every borg that is started here has a token in its environment; a process without one is a stranger, and the holder is gone. */
const sightOfPid = async (pid: number): Promise<HolderSight> => {
  try {
    const stat = parseStat(await readFile(`/proc/${pid}/stat`, 'utf8'))
    if (stat === null) return 'unknown'
    if (stat.state === 'Z' || stat.state === 'X') return 'gone'
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1')
    return environment.split('\0').some((entry) => entry.startsWith('BORGLEDGER_RUN_ID=')) ? 'alive' : 'gone'
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return code === 'ENOENT' || code === 'ESRCH' ? 'gone' : 'unknown'
  }
}
