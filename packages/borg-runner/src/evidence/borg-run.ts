/** A run whose work and repository are known to be there. */
import type { RepositoryAccess, RunWork, WorkOf } from '@borgledger/domain'

/** The kinds for which borg is run. */
export type BorgWork = Exclude<RunWork, WorkOf<'script'> | WorkOf<'package'>>

export interface BorgRun<W extends BorgWork = BorgWork> {
  readonly runId: string
  readonly jobId: string
  readonly repository: RepositoryAccess
  readonly work: W
}
