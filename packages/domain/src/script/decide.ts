/**
 * Script rules: an id is given once; a script that an unfinished job names stays, so that what a pre-script stopped can be started again.
 * It may be changed at any time: a run takes it as it is then, and its intent says how that was.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isTerminal } from '../job/job-type.js'
import type { JobState } from '../job/state.js'
import type { Refusal } from '../refusal.js'
import type { ScriptCommand, ScriptCommandOf } from './commands.js'
import type { ScriptEvent } from './events.js'
import type { ScriptState, Scripts } from './state.js'

interface Known {
  readonly scripts: Scripts
  readonly jobs: ReadonlyMap<string, JobState>
}
type Decision = E.Either<Refusal, ReadonlyArray<ScriptEvent>>

/** Left: `IdTaken` (add); `ScriptNotFound` (change, remove); `ScriptInUse` (remove). */
export const decideScript = (command: ScriptCommand, known: Known): Decision => {
  const { scriptId } = command
  const script = known.scripts.get(scriptId)
  if (command.type === 'AddScript') {
    return script === undefined ? E.right([{ ...wholeOf(command), type: 'ScriptAdded' }]) : E.left({ tag: 'IdTaken', id: scriptId })
  }
  if (script === undefined) return E.left({ tag: 'ScriptNotFound', scriptId })
  if (command.type === 'RemoveScript') return remove(scriptId, known)
  return E.right(isSame(script, wholeOf(command)) ? [] : [{ ...wholeOf(command), type: 'ScriptChanged' }])
}

const wholeOf = ({ scriptId, name, program, timeoutMs, env }: ScriptCommandOf<'AddScript' | 'ChangeScript'>): ScriptState => {
  return { scriptId, name, program, timeoutMs, env }
}

const isSame = (a: ScriptState, b: ScriptState): boolean => JSON.stringify(a) === JSON.stringify(b)

const remove = (scriptId: string, { jobs }: Known): Decision => {
  const using = [...jobs.values()].filter((job) => !isTerminal(job.status) && names(job, scriptId)).map(({ jobId }) => jobId)
  return using.length > 0 ? E.left({ tag: 'ScriptInUse', scriptId, jobs: using }) : E.right([{ type: 'ScriptRemoved', scriptId }])
}

const names = ({ work }: JobState, scriptId: string): boolean =>
  work.type === 'backup' && (work.spec.scripts ?? []).some(({ id }) => id === scriptId)
