/**
 * What an owner does at its end, by the settings: nothing more is started, and what runs is waited for (`drain`), asked to stop and then
 * waited for (`interrupt`), or left running for the next owner to follow (`detach`). Runs outlive it too where the wait is too short, and where
 * nobody can watch over them: their ends would not be heard.
 */
import type { Command, JobState } from '@borgledger/domain'
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import type { Gate } from './gate.js'
import { waitUntil } from './wait-until.js'

const reason = 'the host shuts down'

export const drain = async (deps: { submitter: Submitter; clock: Clock; gate: Gate }, waitMsMax: number): Promise<void> => {
  const { submitter, gate } = deps
  await gate.rest()
  const { shutdown } = submitter.state().settings
  // A log that cannot be written does not keep the host from ending; the next owner begins with a closed dispatch in any case.
  const record = (command: Command) => submitter.submit({ command, actor: 'system:owner' })()
  await record({ type: 'CloseDispatch', reason: 'shutdown' })
  const left = runningIn(submitter).map(({ jobId }) => jobId)
  // One that is half-way through a change of the repository refuses, and is waited for.
  if (shutdown === 'interrupt') await Promise.all(left.map((jobId) => record({ type: 'CancelJob', jobId, reason, force: false })))
  if (shutdown === 'detach') await Promise.all(left.map((jobId) => record({ type: 'DetachJob', jobId })))
  else if (waitMsMax > 0) await waitUntil(deps, () => runningIn(submitter).length === 0 || gate.trouble() !== null, waitMsMax)
}

/** One that nobody can see is waited for in vain. */
const runningIn = (submitter: Submitter): ReadonlyArray<JobState> =>
  [...submitter.state().jobs.values()].filter((job) => job.status === 'running' && job.recovery !== 'leave')
