/** `--at`: things as they were. */
import type { SharedOptions } from './command.js'

export const atOption = ['--at <moment>', 'as it was at an instant such as 2026-11-03T02:13:00Z, or at a position of the log'] as const

/** Left out: now. What is wrong with it is for the ledger to say. */
export interface AtOption extends SharedOptions {
  readonly at?: string
}
