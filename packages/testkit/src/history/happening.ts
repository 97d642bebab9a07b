/** What may happen to a ledger whose history is made up, as data, and what it happens in. */
import type { RunWork } from '@borgledger/domain'
import type { Submission } from '@borgledger/engine'
import type { HowEnded } from '../ends.js'
import type { Chance } from './chance.js'
import type { Scribe } from './scribe.js'

export type Request = Extract<Submission['command'], { readonly type: 'RequestJob' }>

export type Happening =
  | { readonly do: 'ask'; readonly request: Request }
  | { readonly do: 'submit'; readonly submission: Submission }
  /** A host starts, and finds what the one before left. */
  | { readonly do: 'own' }
  /** Somebody changes the settings. */
  | { readonly do: 'tune' }
  /** A schedule is due, or those that wait are looked after. */
  | { readonly do: 'fire'; readonly scheduleId: string }
  | { readonly do: 'tend' }
  | { readonly do: 'prepare'; readonly jobId: string }
  | { readonly do: 'end'; readonly jobId: string; readonly runId: string; readonly how: HowEnded }

export interface Run {
  readonly work: RunWork
  /** It was stopped, or is gone: its own end is not to come. */
  stopped: boolean
}

export interface Surroundings {
  readonly by: Chance
  readonly ledger: Scribe
  readonly later: (atMs: number, happening: Happening) => void
  /** Those that have not ended, by their ids. */
  readonly runs: Map<string, Run>
  /** Nobody asks for anything any more: schedules come to rest. */
  readonly isOver: () => boolean
}
