/** A run whose work and repository are known to be there. */
import type { RepositoryAccess, RunWork, WorkOf } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'

/** The kinds for which borg is run. */
export type BorgWork = Exclude<RunWork, WorkOf<'script'> | WorkOf<'package'>>

export interface BorgRun<W extends BorgWork = BorgWork> {
  readonly runId: string
  readonly jobId: string
  readonly repository: RepositoryAccess
  readonly work: W
}

export const isBorgWork = (work: RunWork): work is BorgWork => work.kind !== 'script' && work.kind !== 'package'

/** Null for what is no run of borg: it must neither need the repository's secret nor ever touch its lock. */
export const repositoryOf = ({ repository, work }: Pick<RunRequest, 'repository' | 'work'>): RepositoryAccess | null =>
  isBorgWork(work) ? repository : null
