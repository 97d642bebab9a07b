/** What the runner is told of a run, made from the state alone: an owner that takes over makes the same request. */
import type { JobState, LedgerState, RunWork } from '@borgledger/domain'
import type { RunRequest } from '../ports/runner.js'

/** Null when the job's repository is gone. */
export const runRequestOf = (job: JobState, state: LedgerState, runId: string, work: RunWork): RunRequest | null => {
  const { jobId, repositoryId } = job
  if (repositoryId === null) return { runId, jobId, repository: null, work }
  const repository = state.repositories.get(repositoryId)
  return repository === undefined ? null : { runId, jobId, repository: repository.access, work }
}
