/** Looks at scheduled checks that wait or run for so long that they may be stale, and tells what is left of their runs. */
import { type JobState, mayBeStale } from '@borgledger/domain'
import { lookAt } from '../owner/look-at.js'
import type { Clock } from '../ports/clock.js'
import type { Runner } from '../ports/runner.js'
import type { Submitter } from '../submit/submitter.js'

export interface Reviewing {
  readonly submitter: Pick<Submitter, 'submit' | 'state'>
  readonly runner: Pick<Runner, 'inspect'>
  readonly clock: Clock
}

export const reviewChecks = async (deps: Reviewing): Promise<void> => {
  const { submitter, clock } = deps
  const { jobs, settings } = submitter.state()
  const old = [...jobs.values()].filter((job) => mayBeStale(job, clock.now(), settings))
  await Promise.all(old.map((job) => review(deps, job)))
}

const review = async ({ runner, submitter }: Reviewing, { jobId, status, run }: JobState): Promise<void> => {
  const traces = status === 'running' ? await lookAt(runner, run) : null
  await submitter.submit({ command: { type: 'ReviewCheck', jobId, traces }, actor: 'system:scheduler' })()
}
