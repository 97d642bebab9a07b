/** Calls and the lists that they see: events with defaults, and samples of every shape of theirs. */
import type { EventOf } from '@borgledger/domain'
import { archiveListed } from './samples.js'

type OverCall<T extends 'CallBegan' | 'CallEnded'> = Partial<Omit<EventOf<T>, 'type' | 'callId'>>

/** A list of the archives of `laptop`. */
export const callBegan = (callId = 'call_1', over: OverCall<'CallBegan'> = {}): EventOf<'CallBegan'> => ({
  type: 'CallBegan',
  callId,
  repositoryId: 'laptop',
  call: { kind: 'list' },
  claim: { key: 'location:/backups/laptop', mode: 'shared' },
  ...over,
})

export const callEnded = (callId = 'call_1', over: OverCall<'CallEnded'> = {}): EventOf<'CallEnded'> => ({
  type: 'CallEnded',
  callId,
  repositoryId: 'laptop',
  outcome: 'done',
  error: null,
  ...over,
})

type Samples = { readonly [T in 'ArchivesListed' | 'CallBegan' | 'CallEnded']: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] }

export const everyCallEvent: Samples = {
  ArchivesListed: [
    { type: 'ArchivesListed', repositoryId: 'laptop', added: [archiveListed()], removed: ['laptop-1'] },
    { type: 'ArchivesListed', repositoryId: 'laptop', added: [], removed: [] },
  ],
  CallBegan: [
    callBegan(),
    callBegan('call_1', { repositoryId: null, call: { kind: 'identify' } }),
    callBegan('call_1', { repositoryId: null, call: { kind: 'init' }, claim: { key: 'location:/b', mode: 'exclusive' } }),
    callBegan('call_1', { call: { kind: 'break-lock', reason: 'the other host died', holders: ['host-b@2.4711'] } }),
    callBegan('call_1', { call: { kind: 'break-lock', reason: '', holders: null } }),
  ],
  CallEnded: [
    callEnded(),
    callEnded('call_1', { outcome: 'broken' }),
    callEnded('call_1', { outcome: 'not-needed' }),
    callEnded('call_1', { repositoryId: null, outcome: 'failed', error: { code: 'connection-failed', message: 'no route' } }),
  ],
}
