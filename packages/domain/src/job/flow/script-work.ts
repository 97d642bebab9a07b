/** The run of a script of a backup: the script as it is now, and what its variables tell it of the job. */
import type { LedgerState } from '../../state.js'
import type { WorkOf } from '../run/work.js'
import type { JobState } from '../state.js'
import { type Hook, hookAt } from './hooks.js'

/** Null for a step that is no script. Throws when the library has no such script: none is removed that an unfinished job names. */
export const scriptWorkOf = (
  job: JobState,
  step: string,
  { scripts, repositories }: Pick<LedgerState, 'scripts' | 'repositories'>,
): WorkOf<'script'> | null => {
  const hook = hookAt(job.work, step)
  if (hook === null) return null
  const script = scripts.get(hook.scriptId)
  if (script === undefined) throw new Error(`job ${job.jobId} names script ${hook.scriptId}, which is not there`)
  const location = repositories.get(job.repositoryId ?? '')?.access.location ?? ''
  return { kind: 'script', ...script, env: { ...script.env, ...told(job, hook, location) } }
}

/** Before the ending is decided, outcome and archive are empty. */
const told = ({ jobId, repositoryId, ending }: JobState, { phase }: Hook, location: string): Readonly<Record<string, string>> => ({
  BORGLEDGER_HOOK_PHASE: phase,
  BORGLEDGER_HOOK_JOB_ID: jobId,
  BORGLEDGER_HOOK_REPOSITORY_ID: repositoryId ?? '',
  BORGLEDGER_HOOK_LOCATION: location,
  BORGLEDGER_HOOK_OUTCOME: ending?.outcome ?? '',
  BORGLEDGER_HOOK_ARCHIVE: ending?.archive ?? '',
})
