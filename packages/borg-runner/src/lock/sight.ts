/**
 * Is the process that holds a lock still there, and may it be a borg of ours? Borg itself only asks whether the pid is taken; by now it may be
 * a stranger's.
 */
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { RunnerOptions } from '../options.js'
import { readIdentity, sightOfPid } from '../process/identity.js'
import { livenessOf } from '../process/liveness.js'
import { allRuns } from '../run-dirs.js'
import type { HolderSight } from './decide.js'
import type { Holder } from './holders.js'

type Process = NonNullable<Holder['process']>

/** Of another host id only what the process table of this machine shows is told; it decides nothing. */
export const sightOfHolder = async (
  { dataDir, hostId }: Pick<RunnerOptions, 'dataDir' | 'hostId'>,
  holder: Process,
): Promise<HolderSight> => {
  if (holder.hostId === hostId) return sightOfOurs(dataDir, holder.pid)
  return isThisMachine(holder.hostId) ? sightOfPid(holder.pid, whoever) : 'unknown'
}

/** Borg's own host id is `name@number`. */
const isThisMachine = (hostId: string): boolean => {
  const [name = ''] = hostId.split('@')
  return labelOf(name) === labelOf(hostname())
}
const labelOf = (name: string): string => name.split('.')[0] ?? name

/** Borg writes no start ticks down. */
const whoever = (): boolean => true

/** A run of ours that lives counts also where its process cannot be seen. */
const sightOfOurs = async (dataDir: string, pid: number): Promise<HolderSight> => {
  for (const run of await allRuns(dataDir)) {
    if (readIdentity(run.pid)?.pid === pid && (await livenessOf(run)) !== 'gone') return 'alive'
  }
  const sight = sightOfPid(pid, whoever)
  return sight === 'alive' && !(await hasToken(pid)) ? 'gone' : sight
}

/** Every borg that is started here has a token in its environment; a process without one is a stranger. Whose cannot be read may be one. */
const hasToken = async (pid: number): Promise<boolean> => {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => tokenName)
  return environment.split('\0').some((entry) => entry.startsWith(tokenName))
}
const tokenName = 'BORGLEDGER_RUN_ID='
