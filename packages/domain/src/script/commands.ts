/** What can be asked about scripts. A change gives all of the script as it shall be. */
import * as t from 'io-ts'
import { Id, Text } from '../codec/index.js'
import { ScriptEnv, ScriptProgram, ScriptTimeoutMs } from './script.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), scriptId: Id, ...props }), name)

const whole = { name: Text, program: ScriptProgram, timeoutMs: ScriptTimeoutMs, env: ScriptEnv }

export const scriptCommands = [command('AddScript', whole), command('ChangeScript', whole), command('RemoveScript', {})] as const

export const ScriptCommand = t.union([...scriptCommands])
export type ScriptCommand = t.TypeOf<typeof ScriptCommand>
export type ScriptCommandOf<T extends ScriptCommand['type']> = Extract<ScriptCommand, { readonly type: T }>
