/**
 * From a submission to the commit that it would be: decided on a state, with the events' ids, tags and expected positions.
 *
 * An event's id is its commit's id and its number, so that a commit tried again has the same events.
 */
import { type DomainEvent, decide, evolve, keyKeptMs, type LedgerState, type Recorded, tagsOf, toStored } from '@borgledger/domain'
import type { Commit, JsonObject, NewEvent } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { fromReadonlyArray, type ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { refused, type Submission, type SubmitError, type Submitted } from './submission.js'

export interface Stamp {
  readonly commitId: string
  readonly at: string
}

export interface Plan {
  /** Null when there is nothing to write. */
  readonly commit: Commit | null
  readonly submitted: Submitted
  readonly after: LedgerState
}

/** `keyUse`: what is recorded under the submission's key, if anything. */
export const plan = (
  submission: Submission,
  state: LedgerState,
  stamp: Stamp,
  keyUse: Recorded<DomainEvent> | null,
): E.Either<SubmitError, Plan> => {
  const replay = replayed(submission, state, stamp, keyUse)
  if (replay !== null) return replay
  const circumstances = { at: stamp.at, actor: submission.actor }
  const decided = decide(submission.command, state, circumstances)
  if (E.isLeft(decided)) return E.left(refused(decided.left))
  const events = submission.key === undefined ? decided.right : [...decided.right, keyUsed(submission.key)]
  const recorded = events.map((event, index) => ({ event, position: state.position + index + 1, ...circumstances }))
  return E.right(planned(submission, state, stamp, recorded))
}

const planned = (submission: Submission, state: LedgerState, stamp: Stamp, recorded: ReadonlyArray<Recorded<DomainEvent>>): Plan => {
  const newEvents: NewEvent[] = []
  let after = state
  for (const [index, entry] of recorded.entries()) {
    const before = after
    after = evolve(after, entry)
    newEvents.push(toNewEvent(entry.event, `${stamp.commitId}-${index + 1}`, tagsOf(entry.event, withJobs(state, before, after))))
  }
  const submitted = { events: recorded, position: after.position, madeBefore: null }
  const some = O.toNullable(fromReadonlyArray(newEvents))
  return { commit: some === null ? null : toCommit(submission, state, stamp, some), submitted, after }
}

/** A job may be made or ended within the commit: whichever state knows it tells its tags. */
const withJobs = (...states: ReadonlyArray<LedgerState>): LedgerState => {
  const last = states[states.length - 1] as LedgerState
  return { ...last, jobs: new Map(states.flatMap((state) => [...state.jobs])) }
}

const toNewEvent = (event: DomainEvent, id: string, tags: NewEvent['tags']): NewEvent => {
  const stored = toStored(event)
  return { id, type: stored.type, version: stored.version, tags, data: plain(stored.data) }
}

const toCommit = (submission: Submission, state: LedgerState, stamp: Stamp, events: ReadonlyNonEmptyArray<NewEvent>): Commit => ({
  ...stamp,
  actor: submission.actor,
  correlationId: submission.correlationId ?? stamp.commitId,
  causationId: submission.causationId ?? null,
  command: plain(submission.command),
  events,
  condition: { failIfMatches: 'all', after: state.position },
})

/** As JSON has it: a field that is there and undefined is a field that is not there. */
const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value))

const keyUsed = ({ keyHash, fingerprint, madeId }: NonNullable<Submission['key']>): DomainEvent => ({
  type: 'IdempotencyKeyUsed',
  keyHash,
  fingerprint,
  madeId,
})

/** Null when the key is new or was forgotten. */
const replayed = (
  { key }: Submission,
  state: LedgerState,
  stamp: Stamp,
  keyUse: Recorded<DomainEvent> | null,
): E.Either<SubmitError, Plan> | null => {
  if (key === undefined || keyUse?.event.type !== 'IdempotencyKeyUsed') return null
  if (Date.parse(stamp.at) - Date.parse(keyUse.at) > keyKeptMs) return null
  if (keyUse.event.fingerprint !== key.fingerprint) return E.left(refused({ tag: 'IdempotencyKeyReused' }))
  return E.right({ commit: null, after: state, submitted: { events: [], position: state.position, madeBefore: keyUse.event.madeId } })
}
