/** What is sent to add or change a script: its text (`body`) or a command line (`argv`), one of them. Closed: an unknown field is refused. */
import {
  closed,
  decodeWith,
  defaultTimeoutMs,
  Id,
  type Problem,
  ScriptEnv,
  type ScriptProgram,
  ScriptBody as ScriptText,
  ScriptTimeoutMs,
  someOf,
  Text,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

const program = { body: ScriptText, argv: someOf(Text, 'a command with its arguments') }
const limits = { timeoutMs: ScriptTimeoutMs, env: ScriptEnv }

export const ScriptBody = closed('a script', { name: Text }, { id: Id, ...program, ...limits })
/** `timeoutMs`: ten minutes when it is not given. `env`: its own variables; nothing secret. */
export type ScriptBody = t.TypeOf<typeof ScriptBody>

export const ScriptPatch = closed('changes of a script', {}, { name: Text, ...program, ...limits })
/** `body` takes the place of `argv`, and the other way round; `env` that of all variables. */
export type ScriptPatch = t.TypeOf<typeof ScriptPatch>

/** All of a script but its id. */
export interface ScriptContent {
  readonly name: string
  readonly program: ScriptProgram
  readonly timeoutMs: number
  readonly env: Readonly<Record<string, string>>
}

type Decoded<A> = E.Either<ReadonlyArray<Problem>, A>

export const decodeScriptBody = (input: unknown): Decoded<ScriptContent & { readonly id: string | undefined }> => {
  const decoded = decodeWith(ScriptBody, input)
  if (E.isLeft(decoded)) return decoded
  const { id, name, timeoutMs = defaultTimeoutMs, env = {} } = decoded.right
  const given = programOf(decoded.right)
  return given === null ? E.left([oneOfTwo(decoded.right)]) : E.right({ id, name, program: given, timeoutMs, env })
}

/** `before`: the script as it is. */
export const decodeScriptPatch = (input: unknown, before: ScriptContent): Decoded<ScriptContent> => {
  const decoded = decodeWith(ScriptPatch, input)
  if (E.isLeft(decoded)) return decoded
  const { body, argv, ...rest } = decoded.right
  const given = programOf({ body, argv })
  if (body !== undefined && argv !== undefined) return E.left([oneOfTwo({ body, argv })])
  const { name = before.name, timeoutMs = before.timeoutMs, env = before.env } = rest
  return E.right({ name, program: given ?? before.program, timeoutMs, env })
}

type Given = { readonly body?: string | undefined; readonly argv?: ReadonlyArray<string> | undefined }

/** Null when neither or both are given. */
const programOf = ({ body, argv }: Given): ScriptProgram | null => {
  if (body !== undefined) return argv === undefined ? { body } : null
  return argv === undefined ? null : { argv }
}

const oneOfTwo = ({ body, argv }: Given): Problem => ({
  path: 'body',
  message: `expected exactly one of body and argv, got ${body === undefined && argv === undefined ? 'none' : 'both'}`,
})
