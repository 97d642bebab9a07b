/**
 * What goes into `submit` and what comes out: a command with its circumstances; recorded events, or why there are none.
 */
import type { Command, DomainEvent, KeyUse, Recorded, Refusal } from '@borgledger/domain'
import type { AppendError, Position } from '@borgledger/eventstore'

export interface Submission {
  readonly command: Command
  /** Who asks, such as `user:anna`, `system:runner`. */
  readonly actor: string
  /** What the command belongs to; a fresh id when not given. */
  readonly correlationId?: string
  /** The event that led to the command; null when it came from outside. */
  readonly causationId?: string | null
  /** The same request under the same key makes one thing. */
  readonly key?: KeyUse & { readonly madeId: string }
}

export interface Submitted {
  /** Empty when it was so already. */
  readonly events: ReadonlyArray<Recorded<DomainEvent>>
  /** Where the log stood afterwards: a view at this position shows the command's effect. */
  readonly position: Position
  /** The id of what the same key made before; null for a first use. */
  readonly madeBefore: string | null
}

export type SubmitError =
  | { readonly tag: 'Refused'; readonly refusal: Refusal }
  | { readonly tag: 'StoreFailed'; readonly error: AppendError }

export const refused = (refusal: Refusal): SubmitError => ({ tag: 'Refused', refusal })
