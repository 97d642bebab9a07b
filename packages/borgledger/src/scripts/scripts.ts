/** The library of scripts: added, changed, removed, shown. All of a script stands in the state that decisions are made on, so no table holds it. */
import type { ScriptState } from '@borgledger/domain'
import type { Engine, Ids, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeScriptBody, decodeScriptPatch, type ScriptContent } from './script-body.js'

export interface ScriptsDeps {
  readonly engine: Engine
  readonly ids: Ids
  readonly keys: KeysInUse
}

/** Beside these, what it runs: `body`, the text of a script, or `argv`, a command with its arguments. */
export type Script = ScriptContent['program'] & Omit<ScriptContent, 'program'> & { readonly id: string }

export interface Scripts {
  /** Codes: `invalid-body`, `id-taken`. */
  readonly add: (body: unknown, caller: Caller) => Promise<Result<Script>>
  readonly change: (scriptId: string, patch: unknown, caller: Caller) => Promise<Result<Script>>
  /** Codes: `script-not-found`; `script-in-use` while jobs that are not over name it. */
  readonly remove: (scriptId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (scriptId: string) => Promise<Result<Script>>
  /** By id, ascending. */
  readonly list: () => Promise<ReadonlyArray<Script>>
}

export const createScripts = (deps: ScriptsDeps): Scripts => ({
  add: (body, caller) => deps.keys.hold(caller, () => add(deps, body, caller)),
  change: (scriptId, patch, caller) => change(deps, scriptId, patch, caller),
  remove: async (scriptId, { actor }) => {
    const submitted = await submit(deps, { command: { type: 'RemoveScript', scriptId }, actor })
    return submitted.ok ? ok(undefined) : submitted
  },
  get: async (scriptId) => recordOf(deps, scriptId),
  list: async () => [...deps.engine.state().scripts.values()].map(shown).sort((a, b) => (a.id < b.id ? -1 : 1)),
})

const add = async (deps: ScriptsDeps, body: unknown, caller: Caller): Promise<Result<Script>> => {
  const decoded = decodeScriptBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const { id: scriptId = `script-${deps.ids.fresh()}`, ...content } = decoded.right
  const command = { type: 'AddScript', scriptId, ...content } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'script', body, scriptId) })
  return submitted.ok ? recordOf(deps, submitted.value ?? scriptId) : submitted
}

const change = async (deps: ScriptsDeps, scriptId: string, patch: unknown, { actor }: Caller): Promise<Result<Script>> => {
  const known = deps.engine.state().scripts.get(scriptId)
  if (known === undefined) return notFound(scriptId)
  const decoded = decodeScriptPatch(patch, known)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const submitted = await submit(deps, { command: { type: 'ChangeScript', scriptId, ...decoded.right }, actor })
  return submitted.ok ? recordOf(deps, scriptId) : submitted
}

/** The id that the same key made before, or null. */
const submit = async ({ engine }: ScriptsDeps, submission: Submission): Promise<Result<string | null>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore)
}

const recordOf = ({ engine }: ScriptsDeps, scriptId: string): Result<Script> => {
  const known = engine.state().scripts.get(scriptId)
  return known === undefined ? notFound(scriptId) : ok(shown(known))
}

const shown = ({ scriptId, program, ...rest }: ScriptState): Script => ({ id: scriptId, ...rest, ...program })

const notFound = (scriptId: string): Result<never> => failure({ code: 'script-not-found', message: `there is no script ${scriptId}` })
