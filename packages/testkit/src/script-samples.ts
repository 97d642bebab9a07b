/** Scripts of the library, with defaults, and a sample of every event about them. */
import type { EventOf } from '@borgledger/domain'

/** A script `id` in the library. */
export const scriptAdded = (
  scriptId = 'stop-db',
  over: Partial<Omit<EventOf<'ScriptAdded'>, 'type' | 'scriptId'>> = {},
): EventOf<'ScriptAdded'> => ({
  type: 'ScriptAdded',
  scriptId,
  name: scriptId,
  program: { body: `echo ${scriptId}` },
  timeoutMs: 60_000,
  env: {},
  ...over,
})

type ScriptEventType = 'ScriptAdded' | 'ScriptChanged' | 'ScriptRemoved'

export const everyScriptEvent: { readonly [T in ScriptEventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  ScriptAdded: [scriptAdded(), scriptAdded('start-db', { program: { argv: ['/bin/true', 'x'] }, env: { LEVEL: '3' } })],
  ScriptChanged: [{ ...scriptAdded(), type: 'ScriptChanged' }],
  ScriptRemoved: [{ type: 'ScriptRemoved', scriptId: 'stop-db' }],
}
