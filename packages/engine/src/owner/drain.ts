/**
 * What an owner does at its end: nothing more is started, and what runs is waited for. Its runs outlive it where the wait is too short.
 */
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import { waitUntil } from './wait-until.js'

export const drain = async ({ submitter, clock }: { submitter: Submitter; clock: Clock }, waitMsMax: number): Promise<void> => {
  // A log that cannot be written does not keep the host from ending; the next owner begins with a closed dispatch in any case.
  await submitter.submit({ command: { type: 'CloseDispatch', reason: 'shutdown' }, actor: 'system:owner' })()
  const isIdle = (): boolean => [...submitter.state().jobs.values()].every((job) => job.status !== 'running')
  if (waitMsMax > 0) await waitUntil({ submitter, clock }, isIdle, waitMsMax)
}
