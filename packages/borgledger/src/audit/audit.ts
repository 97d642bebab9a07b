/** Questions to the history at the library's door. */
import { decodeWith, type Explained } from '@borgledger/domain'
import {
  Alternative,
  type Clock,
  type Engine,
  explainInstant,
  explainJob,
  explainRepository,
  exportJob,
  exportLog,
  type ReadModels,
  type RepositoryExplained,
  type Verification,
  verifyLedger,
  type WhatIf,
  whatIf,
} from '@borgledger/engine'
import type { EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { fromStoreError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { type PastLedger, pastLedger } from './past.js'
import { checkHead, type HeadCheck, type SignedHead, signHead } from './signed-head.js'

export interface AuditDeps {
  readonly engine: Engine
  readonly store: EventStore
  readonly readModels: ReadModels
  readonly clock: Clock
  /** Where the key stands that signs heads. */
  readonly auditKey: string
  /** Hears of every verdict. */
  readonly onVerified: (verified: LastVerification) => void
}

/** What the last verification of this process found. */
export interface LastVerification extends Pick<Verification, 'ok' | 'position'> {
  readonly at: string
}

export interface Audit {
  /** The ledger as it was at an instant (RFC 3339, UTC) or at a position of the log. */
  readonly at: (moment: string | number) => PastLedger
  /**
   * Walks through the whole log: does every commit follow from the one before, is every decision the one that the rules make, do the tables
   * show what the log says? Names the first thing that does not hold. `onProgress` hears the position up to which all is well.
   */
  readonly verify: (onProgress?: (position: number) => void) => Promise<Verification>
  /**
   * The same history decided anew under other settings, or with schedules that deal otherwise with a bad time: what would have started earlier
   * or later, ended otherwise, kept its log. Decoded: a wrong field is refused by name.
   */
  readonly whatIf: (change: Alternative) => Promise<Result<WhatIf>>
  /** Where the log stands, signed by the key of this data directory. Kept elsewhere, it proves later that nothing was rewritten or cut off. */
  readonly signedHead: () => Promise<Result<SignedHead>>
  /** Does the log still hold what was signed? */
  readonly checkHead: (signed: SignedHead) => Promise<HeadCheck>
  /** Why a job waited, ran and ended as it did: a sentence an event. Code: `job-not-found`. */
  readonly explainJob: (jobId: string) => Promise<Result<ReadonlyArray<Explained>>>
  /** Why a due instant of a schedule fired or not. Code: `tick-not-found`. */
  readonly explainInstant: (scheduleId: string, dueAt: string) => Promise<Result<ReadonlyArray<Explained>>>
  /** What happened to a repository from one instant to another. Code: `repository-not-found`. */
  readonly explainRepository: (
    repositoryId: string,
    range?: { readonly from?: string; readonly to?: string },
  ) => Promise<Result<RepositoryExplained>>
  /** The whole log as newline JSON, for `importLog`; pieces of whole lines. */
  readonly exportLog: () => AsyncIterable<string>
  /** One job's history as newline JSON: a fixture that the testkit loads. */
  readonly exportJob: (jobId: string) => AsyncIterable<string>
}

export const createAudit = ({ engine, store, readModels, clock, auditKey, onVerified }: AuditDeps): Audit => ({
  at: (moment) => pastLedger({ engine, store, readModels }, moment),
  verify: async (onProgress) => {
    await engine.projector.reached(engine.state().position)
    const verified = await verifyLedger({ store, readModels, ...(onProgress === undefined ? {} : { onProgress }) })
    onVerified({ ok: verified.ok, position: verified.position, at: clock.now() })
    return verified
  },
  whatIf: async (change) => {
    const decoded = decodeWith(Alternative, change)
    return E.isLeft(decoded) ? failure(invalidBody(decoded.left)) : ok(await whatIf(store, decoded.right))
  },
  signedHead: async () => {
    const head = await store.head()
    return E.isLeft(head) ? failure(fromStoreError(head.left)) : ok(await signHead(auditKey, head.right, clock.now()))
  },
  checkHead: (signed) => checkHead(auditKey, store, signed),
  explainJob: async (jobId) => {
    const items = await explainJob(store, jobId)
    return items.length > 0 ? ok(items) : failure({ code: 'job-not-found', message: `there is no job ${jobId}` })
  },
  explainInstant: async (scheduleId, dueAt) => {
    const items = await explainInstant(store, scheduleId, dueAt)
    const message = `schedule ${scheduleId} was never due at ${dueAt}, as far as the ledger knows`
    return items.length > 0 ? ok(items) : failure({ code: 'tick-not-found', message })
  },
  explainRepository: async (repositoryId, { from = clock.now().slice(0, 10), to = clock.now() } = {}) => {
    const known = engine.state().repositories.has(repositoryId)
    if (!known) return failure({ code: 'repository-not-found', message: `there is no repository ${repositoryId}` })
    return ok(await explainRepository(store, repositoryId, from, to))
  },
  exportLog: () => exportLog(store),
  exportJob: (jobId) => exportJob(store, jobId),
})
