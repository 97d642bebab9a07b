/** The same history under other settings: which jobs would have started earlier or later, ended otherwise, kept their logs. */
import type { EventStore } from '@borgledger/eventstore'
import type { Alternative } from './alternative.js'
import { readCues } from './cues.js'
import { type Differences, differencesBetween } from './differences.js'
import { replay } from './replay.js'

export { agenda } from './agenda.js'
export { Alternative } from './alternative.js'
export type { Difference, Differences } from './differences.js'

export interface WhatIf {
  /** Event for event what is in the log: so it is when nothing is otherwise. */
  readonly identical: boolean
  /** How many events there would be. */
  readonly events: number
  readonly differences: Differences
}

/** Reads the log twice, and keeps about a hundred bytes a commit. Throws `CorruptLog` or `LogUnavailable`. */
export const whatIf = async (store: Pick<EventStore, 'commits' | 'read'>, change: Alternative): Promise<WhatIf> => {
  const cues = await readCues(store)
  const { outcomes, identical, events } = await replay(store, cues, change)
  return { identical, events, differences: differencesBetween(cues.names, cues.outcomes, outcomes) }
}
