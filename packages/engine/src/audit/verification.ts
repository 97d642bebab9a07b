/**
 * The verdict over a log: whether it is whole, whether every decision in it is the one that the rules make, and whether the tables show it.
 */
import type { Hash, Position } from '@borgledger/eventstore'
import type { TableFault } from '../ports/read-models.js'

export interface Verification {
  readonly ok: boolean
  /** Up to here all is well. */
  readonly position: Position
  /** The hash of the commit that ends there. */
  readonly hash: Hash
  readonly commits: number
  readonly events: number
  /** The first thing that does not hold. */
  readonly divergence?: Divergence
  /** Decisions that the rules of their time made and those of today would make otherwise. That is no fault of the log. */
  readonly changedRules?: { readonly decisions: number; readonly first: Divergence }
}

export interface Divergence {
  /** The first event that does not hold; null where it cannot be told, and for rows of the tables. */
  readonly position: Position | null
  readonly commitId: string | null
  /** A sentence for a person. */
  readonly what: string
  /**
   * `chain`: the log was changed, or is damaged, here. `decision`: the hash chain holds here, and the rules decide otherwise: it was
   * written by somebody else, who made the hashes anew (a signed head from before proves it). `changed-rules`: the same, where
   * the rules were others at that time. `tables`: the log holds, and a row of the read models does not.
   */
  readonly cause: 'chain' | 'decision' | 'changed-rules' | 'tables'
  readonly decision?: DecisionFault
  readonly row?: TableFault
}

export interface DecisionFault {
  /** The type of the command. */
  readonly command: string
  /** The event as it is stored, and as the rules make it today; null where there is none. */
  readonly stored: string | null
  readonly decided: string | null
  /** The version of the rules by which it was decided (null: nobody had said), and today's. */
  readonly rules: { readonly recorded: number | null; readonly today: number }
  /** Whether the hash chain holds from the beginning to the end of the log. */
  readonly chainHolds: boolean
}
