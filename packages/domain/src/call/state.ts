/** The calls under way, as a fold of their events. */
import type { Claim } from '../job/events.js'
import type { Call, CallEvent } from './events.js'

export interface CallState {
  readonly callId: string
  readonly repositoryId: string | null
  readonly call: Call
  readonly claim: Claim
}

export type Calls = ReadonlyMap<string, CallState>

/** A call dies with its owner. */
export const noCalls: Calls = new Map()

export const evolveCalls = (calls: Calls, event: CallEvent): Calls => {
  const { callId } = event
  const after = new Map(calls)
  if (event.type === 'CallEnded') after.delete(callId)
  else after.set(callId, { callId, repositoryId: event.repositoryId, call: event.call, claim: event.claim })
  return after
}
