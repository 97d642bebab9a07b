/**
 * Looks once a minute at every unattended job, and reports what is left of it: what can be seen again is followed, what is proven gone ends.
 */
import type { JobState } from '@borgledger/domain'
import type { Reporter } from '../perform/reporter.js'
import type { Clock } from '../ports/clock.js'
import type { Runner } from '../ports/runner.js'
import type { Submitter } from '../submit/submitter.js'
import { lookAt } from './look-at.js'

export const watchEveryMs = 60_000

export interface Watching {
  readonly submitter: Pick<Submitter, 'state'>
  readonly reporter: Pick<Reporter, 'report'>
  readonly runner: Pick<Runner, 'inspect'>
  readonly clock: Clock
}

/** The next look is a minute after the last one was reported. */
export const watchUnattended = (deps: Watching): { readonly close: () => void } => {
  let closed = false
  let timer = deps.clock.after(watchEveryMs, look)
  function look(): void {
    const unattended = [...deps.submitter.state().jobs.values()].filter(
      ({ status, recovery }) => status === 'running' && recovery === 'leave',
    )
    void Promise.all(unattended.map((job) => report(deps, job))).then(() => {
      if (!closed) timer = deps.clock.after(watchEveryMs, look)
    })
  }
  return {
    close: () => {
      closed = true
      timer.cancel()
    },
  }
}

const report = async ({ runner, reporter }: Watching, { jobId, run }: JobState): Promise<void> => {
  const traces = await lookAt(runner, run)
  await reporter.report(jobId, { type: 'WatchJob', jobId, traces })
}
