/**
 * The only way into the log: a serial loop that decides every command on the head and appends under the condition that nothing came after it.
 *
 * Commands that queued up meanwhile go down together, so that they share the price of one fsync. When the log has moved on by another
 * process, the loop reads on and decides again.
 */
import { type DomainEvent, evolve, type LedgerState, type Recorded } from '@borgledger/domain'
import type { AppendError, EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Observable, Subject } from 'rxjs'
import { decodePage } from '../feed/decode.js'
import type { Clock } from '../ports/clock.js'
import type { Ids } from '../ports/ids.js'
import { appendPlans, decideBatch } from './batch.js'
import type { Stamp } from './plan.js'
import type { Submission, SubmitError, Submitted } from './submission.js'

/** How often one command is decided again because the log moved on. */
const attemptsMax = 16
/** How many commands go down together at most. */
const batchMax = 256

export interface Submitter {
  readonly submit: (submission: Submission) => TaskEither<SubmitError, Submitted>
  /** The state after everything that is known to be in the log. */
  readonly state: () => LedgerState
  /** Every event once it is in the log and in the state; in order, from the start of this submitter on. */
  readonly committed$: Observable<Recorded<DomainEvent>>
}

interface Waiting {
  readonly submission: Submission
  readonly stamp: Stamp
  readonly settle: (result: E.Either<SubmitError, Submitted>) => void
  attempts: number
}

interface Loop {
  readonly store: EventStore
  readonly committed$: Subject<Recorded<DomainEvent>>
  readonly queue: Waiting[]
  state: LedgerState
  running: boolean
}

/** `state` is the fold of the store's log up to `state.position`; what is there beyond is read on first need. */
export const createSubmitter = (deps: { store: EventStore; clock: Clock; ids: Ids; state: LedgerState }): Submitter => {
  const { clock, ids, store, state } = deps
  const loop: Loop = { store, state, committed$: new Subject(), queue: [], running: false }
  const submit = (submission: Submission) => () =>
    new Promise<E.Either<SubmitError, Submitted>>((resolve) => {
      loop.queue.push({ submission, stamp: { commitId: ids.fresh(), at: clock.now() }, settle: resolve, attempts: 0 })
      void run(loop)
    })
  return { submit, state: () => loop.state, committed$: loop.committed$.asObservable() }
}

const run = async (loop: Loop): Promise<void> => {
  if (loop.running) return
  loop.running = true
  while (loop.queue.length > 0) {
    const batch = loop.queue.splice(0, batchMax)
    try {
      await handle(loop, batch)
    } catch (cause) {
      // A broken invariant or an unreadable log: nobody may be left waiting for an answer.
      const detail = cause instanceof Error ? cause.message : String(cause)
      for (const waiting of batch) waiting.settle(storeFailed({ tag: 'Corrupt', position: null, detail }))
    }
  }
  loop.running = false
}

const handle = async (loop: Loop, batch: ReadonlyArray<Waiting>): Promise<void> => {
  const plans = await decideBatch(loop.store, loop.state, batch)
  const errors = await appendPlans(loop.store, plans)
  const failedAt = errors.findIndex((error) => error !== null)
  const whole = failedAt === -1 ? plans.length : failedAt
  // What came after a failed commit was decided on a state that never was: it goes back, to be decided again.
  loop.queue.unshift(...batch.slice(failedAt === -1 ? plans.length : failedAt + 1))
  for (const [index, planned] of plans.slice(0, whole).entries()) {
    if (E.isRight(planned)) fold(loop, planned.right.submitted.events)
    batch[index]?.settle(E.isRight(planned) ? E.right(planned.right.submitted) : planned)
  }
  const culprit = batch[failedAt]
  const error = errors[failedAt]
  if (culprit !== undefined && error != null) await handleFailure(loop, culprit, error)
}

const handleFailure = async (loop: Loop, culprit: Waiting, error: AppendError): Promise<void> => {
  culprit.attempts += 1
  const moved = error.tag === 'ConditionFailed'
  if (moved || error.tag === 'OutcomeUnknown') await catchUp(loop)
  if (moved && culprit.attempts < attemptsMax) loop.queue.unshift(culprit)
  else culprit.settle(storeFailed(error))
}

const catchUp = async (loop: Loop): Promise<void> => {
  for await (const page of loop.store.read('all', { after: loop.state.position })) fold(loop, decodePage(page))
}

const fold = (loop: Loop, events: ReadonlyArray<Recorded<DomainEvent>>): void => {
  for (const recorded of events) {
    if (recorded.position <= loop.state.position) continue
    loop.state = evolve(loop.state, recorded)
    loop.committed$.next(recorded)
  }
}

const storeFailed = (error: AppendError): E.Either<SubmitError, never> => E.left({ tag: 'StoreFailed', error })
