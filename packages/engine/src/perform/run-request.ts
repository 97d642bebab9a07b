/** What the runner is told of a run, made from the state alone: an owner that takes over makes the same request. */
import { archiveCommentOf, type JobState, type LedgerState } from '@borgledger/domain'
import type { RunRequest } from '../ports/runner.js'

/** Null when the job is none that a runner runs, or its repository is gone. */
export const runRequestOf = (job: JobState, state: LedgerState, runId: string, archive: string): RunRequest | null => {
  const repository = job.repositoryId === null ? undefined : state.repositories.get(job.repositoryId)
  if (repository === undefined || job.work.type !== 'backup') return null
  const comment = archiveCommentOf(job.series ?? '', job.jobId)
  return { runId, jobId: job.jobId, repository: repository.access, work: { kind: 'create', archive, comment, spec: job.work.spec } }
}
