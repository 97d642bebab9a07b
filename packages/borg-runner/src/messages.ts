/**
 * What the main thread and a worker say to each other over a run's port. `Ended`, `NotStarted`, `Failed` and `Left` are end markers in band: the
 * result of a pool's task can overtake its messages, so it counts for nothing.
 */

import type { MessagePort } from 'node:worker_threads'
import type { ProcessIdentity, SignalRung } from '@borgledger/domain'
import type { StopRung } from '@borgledger/engine'
import type { CreateReport } from './lines/report.js'
import type { Seen } from './lines/seen.js'
import type { Launch } from './process/wrapper.js'
import type { Told } from './progress.js'
import type { Reading } from './reading.js'
import type { Ending } from './spool/tail.js'

export interface SuperviseTask {
  readonly port: MessagePort
  readonly dataDir: string
  readonly runId: string
  readonly jobId: string
  /** What to start; null to follow what another owner started. */
  readonly start: Launch | null
  readonly reading: Reading
  readonly tailMs: number
  readonly logBytesMax: number
  /** A run that does nothing for this long is told of. */
  readonly stallMs: number
  /** How long processes whose time is over have to end by themselves. */
  readonly graceMs: number
}

export type ToWorker =
  | { readonly tag: 'Stop'; readonly ladder: ReadonlyArray<StopRung>; readonly climbed: number }
  /** Let go of the run: it goes on without us. */
  | { readonly tag: 'Leave' }

export interface RunEnding extends Ending {
  readonly seen: Seen
  readonly report: CreateReport | null
}

export type FromWorker =
  | { readonly tag: 'Spawned'; readonly process: ProcessIdentity }
  | ({ readonly tag: 'Progressed' } & Told)
  | { readonly tag: 'Signalled'; readonly rung: SignalRung }
  /** `since`: milliseconds of the epoch; null that it does something again. */
  | { readonly tag: 'Stalled'; readonly since: number | null }
  | { readonly tag: 'Alive' }
  | { readonly tag: 'Ended'; readonly ending: RunEnding }
  /** No process was started, and none will be. */
  | { readonly tag: 'NotStarted'; readonly message: string }
  /** Something went wrong in the worker, not in the run, which goes on. */
  | { readonly tag: 'Failed'; readonly message: string }
  | { readonly tag: 'Left' }
