/**
 * A call is a short use of borg that is no job: it looks at a repository, makes it, or frees its lock. It never waits and holds a claim while
 * it is under way. One that has no end in the log ended with its owner.
 */
import * as t from 'io-ts'
import { Id, nullable, oneOf, Text } from '../codec/index.js'
import { Claim } from '../job/events.js'
import type { ClaimMode } from '../job/job-type.js'

/** What is asked of borg. `holders`: who held the lock when it was looked at right before, as borg names them; null when it cannot be seen. */
export const Call = oneOf('a call', [
  /** Which repository stands at the location, and which archives are in it. */
  t.readonly(t.type({ kind: t.literal('identify') })),
  /** The same, and one is made if there is none. */
  t.readonly(t.type({ kind: t.literal('init') })),
  /** Which archives there are. */
  t.readonly(t.type({ kind: t.literal('list') })),
  t.readonly(t.type({ kind: t.literal('break-lock'), reason: t.string, holders: nullable(t.readonlyArray(t.string)) })),
])
export type Call = t.TypeOf<typeof Call>

/** What a call claims of its repository. */
export const claimOfCall = ({ kind }: Call): ClaimMode => (kind === 'init' || kind === 'break-lock' ? 'exclusive' : 'shared')

export const CallOutcome = t.keyof({ done: null, broken: null, 'not-needed': null, failed: null })
/** `broken` and `not-needed` (nobody held it) are how a `break-lock` is done. */
export type CallOutcome = t.TypeOf<typeof CallOutcome>

/** Why a call failed: a code of the kind that jobs fail with, and a sentence for a person. */
export const CallError = t.readonly(t.type({ code: t.string, message: t.string }))
export type CallError = t.TypeOf<typeof CallError>

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), callId: Text, ...props }), name)

export const callEvents = [
  /** `repositoryId` null: of a location at which none was registered yet. */
  event('CallBegan', { repositoryId: nullable(Id), call: Call, claim: Claim }),
  event('CallEnded', { repositoryId: nullable(Id), outcome: CallOutcome, error: nullable(CallError) }),
] as const

export const CallEvent = t.union([...callEvents])
export type CallEvent = t.TypeOf<typeof CallEvent>
export type CallEventOf<T extends CallEvent['type']> = Extract<CallEvent, { readonly type: T }>
