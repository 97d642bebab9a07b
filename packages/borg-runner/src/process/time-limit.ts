/**
 * Ends the processes of a run whose time is over: the whole group, first politely, then not. Counts from the start of the run, also for an
 * heir of a crashed host.
 */
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunDir } from '../run-dir.js'
import { readIdentity, sightOf } from './identity.js'

export interface Limit {
  /** Null: as long as it takes. */
  readonly timeoutMs: number | null
  /** From the polite signal to the other one. */
  readonly graceMs: number
}

export interface TimeLimit {
  /** To be asked again and again. */
  readonly check: () => void
  /** The group is being ended: the run is not over, even if its first process is gone. */
  readonly isEnding: () => boolean
}

const lookMs = 50

/** `ending` is told why. A group is signalled only while its leader is the process that was started, or members have been there since then. */
export const timeLimit = (run: RunDir, { timeoutMs, graceMs }: Limit, ending: (words: string) => void): TimeLimit => {
  let state: 'waiting' | 'ending' | 'done' = timeoutMs === null ? 'done' : 'waiting'

  const end = async (group: number): Promise<void> => {
    writeFileSync(run.timedOut, '', { mode: 0o600 })
    ending(`its time of ${(timeoutMs ?? 0) / 1000} s is over: it is ended with its group`)
    signal(group, 'SIGTERM')
    const killAtMs = performance.now() + graceMs
    while (isThere(group) && performance.now() < killAtMs) await sleep(lookMs)
    if (isThere(group)) signal(group, 'SIGKILL')
    state = 'done'
  }
  return {
    isEnding: () => state === 'ending',
    check: () => {
      if (state !== 'waiting' || !isOver(run, timeoutMs ?? 0)) return
      const process = readIdentity(run.pid)
      if (process === null || sightOf(process) !== 'alive') return
      state = 'ending'
      void end(process.pid)
    },
  }
}

const isOver = (run: RunDir, timeoutMs: number): boolean => {
  if (existsSync(run.exit)) return false
  const started = statSync(run.started, { throwIfNoEntry: false })
  return started !== undefined && Date.now() - started.mtimeMs >= timeoutMs
}

const signal = (group: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-group, name)
  } catch {
    return false
  }
}

const isThere = (group: number): boolean => signal(group, 0)
