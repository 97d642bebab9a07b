/** The scripts as they are now, as a fold of their events. */
import type { ScriptEvent } from './events.js'

export type ScriptState = Omit<Extract<ScriptEvent, { readonly type: 'ScriptAdded' }>, 'type'>

export type Scripts = ReadonlyMap<string, ScriptState>

export const evolveScripts = (all: Scripts, event: ScriptEvent): Scripts => {
  const { scriptId } = event
  if (event.type === 'ScriptRemoved') {
    const rest = new Map(all)
    rest.delete(scriptId)
    return rest
  }
  if (event.type === 'ScriptChanged' && !all.has(scriptId)) return all
  const { name, program, timeoutMs, env } = event
  return new Map(all).set(scriptId, { scriptId, name, program, timeoutMs, env })
}
