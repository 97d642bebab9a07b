/** How a step ends: its job goes on to the next one, or is over. */
import type { Effect, JobError } from '../error.js'
import type { Warning } from '../run/index.js'

interface Judged {
  /** Which rule decided. */
  readonly rule: string
  readonly warnings: ReadonlyArray<Warning>
  readonly effect: Effect
}

export type Ending =
  | ({ readonly tag: 'Completed' } & Judged)
  | ({ readonly tag: 'Failed'; readonly error: JobError } & Judged)
  /** `error`: when nobody asked for it. */
  | ({ readonly tag: 'Cancelled'; readonly error?: JobError } & Judged)

export type StepEnding = Ending | { readonly tag: 'GoOn'; readonly warnings: ReadonlyArray<Warning> }

/** Counts up whenever a rule changes, so that a changed rule is not taken for a forged log. */
export const verdictVersion = 1

/** Warnings that are told and counted, and leave a success a success. */
export const isBenign = (warning: Warning): boolean => warning.code === 'files-changed'
