/**
 * Several commands at once: decided one after the other, each on the state that the one before would leave, and written together.
 */
import type { LedgerState } from '@borgledger/domain'
import type { AppendError, Commit, EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { type Plan, plan, type Stamp } from './plan.js'
import { needsReach, reach } from './reach.js'
import type { Submission, SubmitError } from './submission.js'

export type Decided = E.Either<SubmitError, Plan>

/** How often a write of unknown outcome is asked for again under its commit id. */
const retriesMax = 3

/**
 * As many plans as could be decided, at least one. A command that needs more than the warm state begins a batch: what it reads in the log
 * must be there already.
 */
export const decideBatch = async (
  store: EventStore,
  state: LedgerState,
  batch: ReadonlyArray<{ readonly submission: Submission; readonly stamp: Stamp }>,
): Promise<ReadonlyArray<Decided>> => {
  const plans: Decided[] = []
  let before = state
  for (const { submission, stamp } of batch) {
    const far = needsReach(submission, before)
    if (far && plans.length > 0) break
    const reached = far ? await reach(store, submission, before) : { state: before, keyUse: null }
    const planned = plan(submission, reached.state, stamp, reached.keyUse)
    if (E.isRight(planned) && planned.right.commit !== null) before = planned.right.after
    plans.push(planned)
  }
  return plans
}

/** For each plan null when it is in the log or had nothing to write, otherwise why not. */
export const appendPlans = (store: EventStore, plans: ReadonlyArray<Decided>): Promise<ReadonlyArray<AppendError | null>> =>
  Promise.all(plans.map((planned) => (E.isRight(planned) && planned.right.commit !== null ? append(store, planned.right.commit) : null)))

const append = async (store: EventStore, commit: Commit): Promise<AppendError | null> => {
  for (let retries = 0; ; retries++) {
    const appended = await store.append(commit)()
    if (E.isRight(appended)) return null
    if (appended.left.tag !== 'OutcomeUnknown' || retries === retriesMax) return appended.left
  }
}
