/** What an owner finds of a run that it does not listen to. */
import type { JobState, RunTraces } from '@borgledger/domain'
import type { Runner } from '../ports/runner.js'

/** What cannot be looked at is unknown, not gone. */
export const lookAt = (runner: Pick<Runner, 'inspect'>, run: JobState['run']): Promise<RunTraces> => {
  if (run === null) return Promise.resolve({ report: 'never', liveness: 'gone' })
  return runner
    .inspect(run.runId)()
    .catch(() => ({ report: 'none', liveness: 'unknown' }))
}
