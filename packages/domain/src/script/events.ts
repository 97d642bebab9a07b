/** What can happen to a script of the library. The id is its identity; everything else may change. */
import * as t from 'io-ts'
import { Id, Text } from '../codec/index.js'
import { ScriptEnv, ScriptProgram, ScriptTimeoutMs } from './script.js'

/** For the intent of a run, which holds the script as it was then. */
export { ScriptProgram } from './script.js'

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), scriptId: Id, ...props }), name)

/** All of a script but its id. `timeoutMs`: after which it is ended with its process group. */
const whole = { name: Text, program: ScriptProgram, timeoutMs: ScriptTimeoutMs, env: ScriptEnv }

export const scriptEvents = [event('ScriptAdded', whole), event('ScriptChanged', whole), event('ScriptRemoved', {})] as const

export const ScriptEvent = t.union([...scriptEvents])
export type ScriptEvent = t.TypeOf<typeof ScriptEvent>
