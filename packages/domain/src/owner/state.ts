/** Who owns the ledger, and whether jobs may start. */
import type { OwnerEvent } from './events.js'

export interface OwnerState {
  readonly host: string | null
  readonly dispatching: boolean
}

export const noOwner: OwnerState = { host: null, dispatching: false }

/** A new owner never inherits an open dispatch: its predecessor may have died with it. */
export const evolveOwner = (owner: OwnerState, event: OwnerEvent): OwnerState => {
  switch (event.type) {
    case 'OwnerStarted':
      return { host: event.host, dispatching: false }
    case 'DispatchOpened':
      return { ...owner, dispatching: true }
    case 'DispatchClosed':
      return { ...owner, dispatching: false }
  }
}
