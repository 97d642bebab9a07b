/**
 * Follows the log commit by commit and decides each command again. What is stored is folded in any case: the next decision was made on it.
 */
import { type DomainEvent, evolveAll, initialState, jobOf, type LedgerState, type Recorded, rulesVersion } from '@borgledger/domain'
import { decodeCommit, type EventStore, type RecordedCommit } from '@borgledger/eventstore'
import { decodePage } from '../feed/decode.js'
import { finishedJobs } from './finished-jobs.js'
import { type Difference, redecide, storedCommand } from './redecide.js'
import type { Divergence } from './verification.js'

export interface Step {
  readonly events: ReadonlyArray<Recorded<DomainEvent>>
  /** Null when the rules decide just that. */
  readonly divergence: Divergence | null
}

/** Commits in order, from the first of the log, or from those that led to `from`. Throws `CorruptLog` on an event that cannot be read. */
export interface Decisions {
  readonly follow: (commit: RecordedCommit) => Promise<Step>
  /** After the commit that was followed last. */
  readonly state: () => LedgerState
}

export const decisions = (store: Pick<EventStore, 'read'>, from: LedgerState = initialState): Decisions => {
  const finished = finishedJobs(store)
  let state = from
  const take = (events: ReadonlyArray<Recorded<DomainEvent>>, after: LedgerState): void => {
    finished.note(state, events, after)
    state = after
  }
  return {
    state: () => state,
    follow: async (commit) => {
      const command = storedCommand(commit)
      const jobId = command === null ? null : jobOf(command)
      // A job that had ended is put in for the decision alone.
      const reached = jobId === null || state.jobs.has(jobId) ? state : await finished.withJob(state, jobId)
      const again = redecide(commit, command, reached)
      if (again.tag === 'Same') {
        take(again.events, reached === state ? again.after : evolveAll(state, again.events))
        return { events: again.events, divergence: null }
      }
      const events = decodePage(decodeCommit(commit))
      const divergence = divergenceOf(commit, again, state)
      take(events, evolveAll(state, events))
      return { events, divergence }
    },
  }
}

const divergenceOf = (commit: RecordedCommit, { index, what, stored, decided }: Difference, { owner }: LedgerState): Divergence => ({
  position: commit.first + index,
  commitId: commit.commitId,
  what: `${what} (${typeOf(commit.command)})`,
  cause: owner.rules === rulesVersion ? 'decision' : 'changed-rules',
  decision: {
    command: typeOf(commit.command),
    stored: stored?.data ?? null,
    decided: decided?.data ?? null,
    rules: { recorded: owner.rules, today: rulesVersion },
    chainHolds: true,
  },
})

/** Of a command that may be anything. */
const typeOf = (command: string): string => {
  try {
    return String((JSON.parse(command) as { readonly type?: unknown }).type)
  } catch {
    return 'no command'
  }
}
