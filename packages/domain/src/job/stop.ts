/**
 * How a job is stopped: whether its run is, the ladder of signals of that run, and whether stopping it half-way is safe at all.
 *
 * Only `create` heeds SIGINT, by saving a checkpoint; all else of borg begins with SIGTERM (measured on borg 1.2 and 1.4). A script, and
 * what installs a package, is stopped with its whole group: who is ended alone leaves its children at work.
 */
import type { RunKind } from './run/index.js'
import type { JobState } from './state.js'

/** What is sent, to the run's own process or its whole group, and how long its effect is waited for before the next rung. */
export interface StopRung {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'
  readonly target: 'process' | 'group'
  readonly waitMsMax: number
  /** The next rung comes early once borg has saved its checkpoint. */
  readonly untilCheckpoint: boolean
}

const interrupt: StopRung = { signal: 'SIGINT', target: 'process', waitMsMax: 15_000, untilCheckpoint: true }
const terminate: StopRung = { signal: 'SIGTERM', target: 'process', waitMsMax: 10_000, untilCheckpoint: false }
const kill: StopRung = { signal: 'SIGKILL', target: 'group', waitMsMax: 5_000, untilCheckpoint: false }

export const stopLadderOf = (kind: RunKind): ReadonlyArray<StopRung> => {
  switch (kind) {
    case 'create':
      return [interrupt, terminate, kill]
    case 'script':
    case 'package':
      return [{ ...terminate, target: 'group' }, kill]
    default:
      return [terminate, kill]
  }
}

/** A post-script goes on to its end, unless it is forced: what was stopped must be started again. */
export const isToStop = ({ run, ending }: JobState, force: boolean): boolean => run !== null && (ending === null || force)

/** What changes the repository, or the system, in place. */
export const isInterruptingUnsafe = (kind: RunKind): boolean =>
  kind === 'prune' || kind === 'compact' || kind === 'delete' || kind === 'package'
