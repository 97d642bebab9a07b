/** Questions to the history at the library's door. */
import { type Engine, type ReadModels, type Verification, verifyLedger } from '@borgledger/engine'
import type { EventStore } from '@borgledger/eventstore'

export interface AuditDeps {
  readonly engine: Engine
  readonly store: EventStore
  readonly readModels: ReadModels
}

export interface Audit {
  readonly verify: (onProgress?: (position: number) => void) => Promise<Verification>
}

export const createAudit = ({ engine, store, readModels }: AuditDeps): Audit => ({
  verify: async (onProgress) => {
    await engine.projector.reached(engine.state().position)
    return verifyLedger({ store, readModels, ...(onProgress === undefined ? {} : { onProgress }) })
  },
})
