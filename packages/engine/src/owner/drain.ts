/**
 * What an owner does at its end, by the settings: nothing more is started, and what runs is waited for (`drain`), asked to stop and then
 * waited for (`interrupt`), or left running for the next owner to follow (`detach`). Runs outlive it too where the wait is too short.
 */
import type { Command, JobState } from '@borgledger/domain'
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import { waitUntil } from './wait-until.js'

const reason = 'the host shuts down'

export const drain = async ({ submitter, clock }: { submitter: Submitter; clock: Clock }, waitMsMax: number): Promise<void> => {
  const { shutdown } = submitter.state().settings
  // A log that cannot be written does not keep the host from ending; the next owner begins with a closed dispatch in any case.
  const record = (command: Command) => submitter.submit({ command, actor: 'system:owner' })()
  await record({ type: 'CloseDispatch', reason: 'shutdown' })
  const left = runningIn(submitter).map(({ jobId }) => jobId)
  // One that is half-way through a change of the repository refuses, and is waited for.
  if (shutdown === 'interrupt') await Promise.all(left.map((jobId) => record({ type: 'CancelJob', jobId, reason, force: false })))
  if (shutdown === 'detach') await Promise.all(left.map((jobId) => record({ type: 'DetachJob', jobId })))
  else if (waitMsMax > 0) await waitUntil({ submitter, clock }, () => runningIn(submitter).length === 0, waitMsMax)
}

/** One that nobody can see is waited for in vain. */
const runningIn = (submitter: Submitter): ReadonlyArray<JobState> =>
  [...submitter.state().jobs.values()].filter((job) => job.status === 'running' && job.recovery !== 'leave')
