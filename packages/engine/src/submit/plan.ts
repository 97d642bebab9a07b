/**
 * From a submission to the commit that it would be: decided on a state, with the events' ids, tags and expected positions.
 *
 * An event's id is its commit's id and its number, so that a commit tried again has the same events.
 */
import {
  type DomainEvent,
  decideAndFold,
  type EventOf,
  foresee,
  keyKeptMs,
  type LedgerState,
  type Recorded,
  type Refusal,
  tagsOf,
  toStored,
} from '@borgledger/domain'
import type { Commit, JsonObject, NewEvent } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { fromReadonlyArray, type ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { mayUseReserve } from './may-use-reserve.js'
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
  const decided = decideSubmission(submission, state, stamp)
  if (E.isLeft(decided)) return E.left(refused(decided.left))
  const { recorded, tags, after } = decided.right
  const newEvents = recorded.map(({ event }, index) => toNewEvent(event, eventId(stamp.commitId, index), tags[index] ?? []))
  const some = O.toNullable(fromReadonlyArray(newEvents))
  const submitted = { events: recorded, position: after.position, madeBefore: null }
  return E.right({ commit: some === null ? null : toCommit(submission, state, stamp, some), submitted, after })
}

/** What a submission leads to, before it takes the form of a commit. */
export interface DecidedSubmission {
  readonly recorded: ReadonlyArray<Recorded<DomainEvent>>
  /** Of each event. */
  readonly tags: ReadonlyArray<NewEvent['tags']>
  readonly after: LedgerState
}

export const decideSubmission = (submission: Submission, state: LedgerState, { at }: Stamp): E.Either<Refusal, DecidedSubmission> => {
  const circumstances = { at, actor: submission.actor }
  const decided = decideAndFold(submission.command, state, circumstances)
  if (E.isLeft(decided)) return decided
  const used = submission.key === undefined ? [] : [keyUsed(submission.key)]
  const events = [...decided.right.events, ...used]
  const after = foresee(decided.right.after, used, circumstances)
  const recorded = events.map((event, index) => ({ event, position: state.position + index + 1, ...circumstances }))
  const jobOf = jobsAround(state, after, events)
  return E.right({ recorded, tags: events.map((event) => tagsOf(event, jobOf)), after })
}

/** The id of the nth event of a commit, from 0. */
export const eventId = (commitId: string, index: number): string => `${commitId}-${index + 1}`

/** A job may be made within the commit, or end in it: whoever knows it tells of it. */
const jobsAround =
  (before: LedgerState, after: LedgerState, events: ReadonlyArray<DomainEvent>): Parameters<typeof tagsOf>[1] =>
  (jobId) =>
    after.jobs.get(jobId) ??
    before.jobs.get(jobId) ??
    events.find((event): event is EventOf<'JobRequested'> => event.type === 'JobRequested' && event.jobId === jobId)

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
  mayUseReserve: mayUseReserve(submission.command),
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
