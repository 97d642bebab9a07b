/**
 * Does a run still do anything? Its output, and what the kernel counts of its processes: CPU time, and bytes read and written.
 *
 * A run that stands still is only told of: it may wait for a disk or a network that comes back, and ending it would lose its work.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { RunDir } from '../run-dir.js'
import { readIdentity } from './identity.js'

export interface Activity {
  /**
   * To be asked again and again. What is new: since when the run does nothing (milliseconds of the epoch), or `moving` after a standstill.
   * Null when nothing is new.
   */
  readonly news: () => number | 'moving' | null
}

/** So often is looked, at most: it costs a walk through the process table. */
const looksIn = 10

/** A run stands still when nothing moved for `stallMs`. `nowMs`: milliseconds of the epoch. */
export const activityOf = (run: RunDir, stallMs: number, nowMs: () => number = Date.now): Activity => {
  let [seen, since, lookAt, stalled] = ['', nowMs(), nowMs(), false]
  return {
    news: () => {
      const now = nowMs()
      if (now < lookAt) return null
      // A look that comes late by more than this: we stood still, perhaps the run with us, and it may go on only now.
      const isLate = now - lookAt > stallMs / looksIn
      lookAt = now + stallMs / looksIn
      const counts = countsOf(run)
      if (counts !== seen) {
        const wasStalled = stalled
        ;[seen, since, stalled] = [counts, now, false]
        return wasStalled ? 'moving' : null
      }
      if (stalled || isLate || now - since < stallMs) return null
      stalled = true
      return since
    },
  }
}

/** Changes whenever anything of the run does. */
const countsOf = (run: RunDir): string => {
  const leader = readIdentity(run.pid)?.pid
  const members = leader === undefined ? [] : groupOf(leader)
  return [...[run.stdout, run.stderr, run.sshLog].map(sizeOf), ...members.map(countersOf)].join(' ')
}

const sizeOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? '-' : `${stat.size}:${stat.mtimeMs}`
}

/** The pids of a process group, in the order of their numbers. */
const groupOf = (leader: number): ReadonlyArray<number> =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && statFields(pid)[2] === String(leader))
    .sort((a, b) => a - b)

/** CPU time in ticks, then bytes read and written; a process that ended counts nothing, which is a change too. */
const countersOf = (pid: number): string => {
  const fields = statFields(pid)
  const io = /rchar: (\d+)\nwchar: (\d+)/.exec(textOf(`/proc/${pid}/io`))
  return [pid, fields[11], fields[12], io?.[1], io?.[2]].join(':')
}

/** The fields of /proc/<pid>/stat after the name: 0 is the state, 2 the process group, 11 and 12 the CPU time. */
const statFields = (pid: number): ReadonlyArray<string> => {
  const text = textOf(`/proc/${pid}/stat`)
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
