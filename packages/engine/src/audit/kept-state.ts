/** Whether the kept decision state is the one that the log leads to. One that no start would use is none of the matter. */
import { isTextOf, type LedgerState, stateShape } from '@borgledger/domain'
import type { RecordedCommit } from '@borgledger/eventstore'
import type { TableFault } from '../ports/read-models.js'
import type { Snapshots } from '../ports/snapshots.js'

export interface KeptStateCheck {
  /** To be told of every commit, and of the state after it. */
  readonly look: (commit: RecordedCommit, state: () => LedgerState) => void
  readonly fault: () => TableFault | null
}

/** `snapshots` null: nothing is kept. */
export const keptStateCheck = async (snapshots: Snapshots | null): Promise<KeptStateCheck> => {
  const kept = (await snapshots?.newest()) ?? null
  let fault: TableFault | null = null
  return {
    look: (commit, state) => {
      if (kept === null || commit.last !== kept.position || commit.hash !== kept.hash || kept.shape !== stateShape) return
      if (!isTextOf(kept.state, state()))
        fault = {
          table: 'snapshot',
          row: String(kept.position),
          what: 'the log leads to another decision state than the one that was kept',
        }
    },
    fault: () => fault,
  }
}
