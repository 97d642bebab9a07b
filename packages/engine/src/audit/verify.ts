/**
 * Walks a log once, from its beginning, and checks three things: the hash chain; every decision, by making it again; and the tables with the
 * kept decision state, against a fresh fold. Pages come one at a time, so memory does not grow with the log. The first thing that does not hold is named.
 */
import { initialState, type LedgerState } from '@borgledger/domain'
import {
  CorruptLog,
  type EventStore,
  emptyHead,
  findBreak,
  type Head,
  type Divergence as LogDivergence,
  type Position,
  type RecordedCommit,
  verifyChain,
} from '@borgledger/eventstore'
import type { Comparison, ReadModels, TableFault } from '../ports/read-models.js'
import { type Decisions, decisions, type Step } from './decisions.js'
import { type KeptStateCheck, keptStateCheck } from './kept-state.js'
import type { Divergence, Verification } from './verification.js'

/** Events a page: few, so that what is read is let go of while it is young. */
const pageSize = 250

export interface VerifyParts {
  readonly store: Pick<EventStore, 'commits' | 'read'>
  /** Null: the tables are none of the matter. */
  readonly readModels: Pick<ReadModels, 'compare' | 'snapshots'> | null
  /** Where to begin: what comes before is verified already, in the same store. Then the tables are none of the matter. */
  readonly from?: Verified
  /** Hears after every page up to where all is well. */
  readonly onProgress?: (position: Position, verified: Verified) => void
}

/** A place up to which all is well, and the decision state there. */
export interface Verified {
  readonly head: Head
  readonly state: LedgerState
}

/** Never rejects for what the log holds. Throws `LogUnavailable` when it cannot be read just now. */
export const verifyLedger = async ({ store, readModels, from = atFirst, onProgress }: VerifyParts): Promise<Verification> => {
  const tables = from === atFirst ? readModels : null
  const comparison = (await tables?.compare()) ?? null
  const keptState = await keptStateCheck(tables?.snapshots ?? null)
  const { head, state } = from
  const walk: Walk = { head, commits: 0, events: 0, changed: null, comparison, keptState, decisions: decisions(store, state) }
  try {
    const divergence = await walkThrough(walk, store, onProgress)
    return verdictOn(walk, divergence ?? tableDivergence((await comparison?.finish()) ?? keptState.fault()))
  } finally {
    await comparison?.close()
  }
}

const atFirst: Verified = { head: emptyHead, state: initialState }

interface Walk {
  /** Where all is well up to. */
  head: Head
  commits: number
  events: number
  changed: NonNullable<Verification['changedRules']> | null
  readonly comparison: Comparison | null
  readonly keptState: KeptStateCheck
  readonly decisions: Decisions
}

const walkThrough = async (walk: Walk, store: VerifyParts['store'], onProgress: VerifyParts['onProgress']): Promise<Divergence | null> => {
  try {
    for await (const page of store.commits({ after: walk.head.position, pageSize })) {
      const divergence = await takePage(walk, page)
      if (divergence !== null) return await withChain(divergence, store, walk.head)
      onProgress?.(walk.head.position, { head: walk.head, state: walk.decisions.state() })
    }
    return null
  } catch (cause) {
    if (cause instanceof CorruptLog) return inChain({ position: cause.position, commitId: null, what: cause.message })
    throw cause
  }
}

const takePage = async (walk: Walk, page: ReadonlyArray<RecordedCommit>): Promise<Divergence | null> => {
  const folded: Step['events'][number][] = []
  for (const commit of page) {
    const fault = findBreak(walk.head, commit)
    if (fault !== null) return inChain(fault)
    const { events, divergence } = await walk.decisions.follow(commit)
    if (divergence?.cause === 'changed-rules')
      walk.changed = { decisions: (walk.changed?.decisions ?? 0) + 1, first: walk.changed?.first ?? divergence }
    else if (divergence !== null) return divergence
    walk.head = { position: commit.last, hash: commit.hash }
    walk.commits += 1
    walk.events += events.length
    walk.keptState.look(commit, walk.decisions.state)
    folded.push(...events)
  }
  await walk.comparison?.take(folded)
  return null
}

const inChain = (fault: LogDivergence): Divergence => ({ ...fault, cause: 'chain' })

/** Whether the chain holds from `head` to its end: then whoever wrote the event made the hashes anew behind it. */
const withChain = async (divergence: Divergence, store: VerifyParts['store'], head: Head): Promise<Divergence> => {
  if (divergence.decision === undefined) return divergence
  const { ok } = await verifyChain(store.commits({ after: head.position }), head)
  return { ...divergence, decision: { ...divergence.decision, chainHolds: ok } }
}

const tableDivergence = (row: TableFault | null): Divergence | null => {
  if (row === null) return null
  return { position: null, commitId: null, what: `the table ${row.table}: ${row.row}: ${row.what}`, cause: 'tables', row }
}

const verdictOn = ({ head, commits, events, changed }: Walk, divergence: Divergence | null): Verification => ({
  ok: divergence === null,
  ...head,
  commits,
  events,
  ...(divergence === null ? {} : { divergence }),
  ...(changed === null ? {} : { changedRules: changed }),
})
