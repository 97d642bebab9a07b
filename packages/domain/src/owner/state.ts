/** Who owns the ledger, and whether jobs may start. */
import type { OwnerEvent } from './events.js'

export interface OwnerState {
  readonly host: string | null
  readonly dispatching: boolean
  /** The version of the rules by which it decides; null when nobody ever owned the ledger. */
  readonly rules: number | null
}

export const noOwner: OwnerState = { host: null, dispatching: false, rules: null }

/** A new owner never inherits an open dispatch: its predecessor may have died with it. */
export const evolveOwner = (owner: OwnerState, event: OwnerEvent): OwnerState => {
  switch (event.type) {
    case 'OwnerStarted':
      return { host: event.host, dispatching: false, rules: event.rules }
    case 'DispatchOpened':
      return { ...owner, dispatching: true }
    case 'DispatchClosed':
      return { ...owner, dispatching: false }
  }
}
