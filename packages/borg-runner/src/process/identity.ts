/**
 * Who a process is: boot, pid namespace, pid and start ticks together. A pid alone may belong to a stranger by now.
 */
import { readFileSync, readlinkSync } from 'node:fs'
import type { ProcessIdentity } from '@borgledger/domain'

/** `gone` is proven (also: a zombie, another boot, another start); `unknown` is whatever cannot be seen from here. */
export type Sight = 'alive' | 'gone' | 'unknown'

interface Stat {
  readonly state: string
  readonly startTicks: string
}

/** Reads /proc/<pid>/stat. The name in it may hold spaces and brackets, so the fields count from the last bracket. */
export const parseStat = (text: string): Stat | null => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  return state && startTicks && /^\d+$/.test(startTicks) ? { state, startTicks } : null
}

const tryRead = (read: () => string): string | null => {
  try {
    return read().trim()
  } catch {
    return null
  }
}

export const currentBootId = (): string | null => tryRead(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))
const currentPidNamespace = (): string | null => tryRead(() => readlinkSync('/proc/self/ns/pid'))

/** What the process that became borg wrote of itself: pid, boot id, pid namespace and its stat, a line each. */
export const readIdentity = (pidFile: string): ProcessIdentity | null => {
  const lines = tryRead(() => readFileSync(pidFile, 'utf8'))?.split('\n') ?? []
  const [pid, bootId, pidNamespace, stat] = lines
  const startTicks = parseStat(stat ?? '')?.startTicks
  if (!pid || !bootId || !pidNamespace || !startTicks) return null
  return { pid: Number(pid), startTicks, bootId, pidNamespace }
}

export const sightOf = (process: ProcessIdentity): Sight => {
  const bootId = currentBootId()
  if (bootId === null) return 'unknown'
  if (process.bootId !== bootId) return 'gone'
  if (process.pidNamespace !== currentPidNamespace()) return 'unknown'
  return sightOfPid(process.pid, (startTicks) => startTicks === process.startTicks)
}

/** Who stands in the process table under a pid. `isIt`: whether it is the one that is meant, by its start ticks; a stranger counts as gone. */
export const sightOfPid = (pid: number, isIt: (startTicks: string) => boolean): Sight => {
  try {
    const stat = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    if (stat === null) return 'unknown'
    return !isIt(stat.startTicks) || stat.state === 'Z' || stat.state === 'X' ? 'gone' : 'alive'
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return (code === 'ENOENT' || code === 'ESRCH') && isFree(pid) ? 'gone' : 'unknown'
  }
}

/** Nobody has the pid. That it does not stand in /proc is no proof: there it may be hidden from us (`hidepid`), or there is no /proc. */
const isFree = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
