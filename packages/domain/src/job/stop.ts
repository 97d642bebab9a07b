/**
 * How a job is stopped: the ladder of signals of its type, and whether stopping a run half-way is safe at all.
 *
 * Only `create` heeds SIGINT, by saving a checkpoint; everything else begins with SIGTERM (measured on borg 1.2 and 1.4).
 */
import type { JobType } from './job-type.js'
import type { RunKind } from './run/index.js'

/** What is sent, to borg's own process or its whole group, and how long its effect is waited for before the next rung. */
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

export const stopLadderOf = (type: JobType): ReadonlyArray<StopRung> =>
  type === 'backup' ? [interrupt, terminate, kill] : [terminate, kill]

/** What changes the repository, or the system, in place. */
export const isInterruptingUnsafe = (kind: RunKind): boolean =>
  kind === 'prune' || kind === 'compact' || kind === 'delete' || kind === 'package'
