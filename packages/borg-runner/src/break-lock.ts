/**
 * Breaking a lock because a person said so, whoever holds it; and who that is. The lock rule, which breaks only what our own dead left, is elsewhere.
 */
import type { RepositoryAccess } from '@borgledger/domain'
import type { RunnerProblem } from '@borgledger/engine'
import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { breakLockArgv } from './argv/calls.js'
import { type CallOptions, callBorg } from './call.js'
import { holdersOf } from './lock/holders.js'
import { localPath } from './repository.js'

/** Null for a remote repository: its lock is on the other side. */
export const lockHolders =
  ({ location }: RepositoryAccess): Task<ReadonlyArray<string> | null> =>
  async () => {
    const path = localPath(location)
    if (path === null) return null
    const names = (await holdersOf(path)).map(({ name, process }) => (process === null ? name : `${process.hostId}.${process.pid}`))
    return [...new Set(names)]
  }

export const breakLock = (options: CallOptions, repository: RepositoryAccess): TE.TaskEither<RunnerProblem, void> =>
  pipe(
    callBorg(options, repository, breakLockArgv(repository.location)),
    TE.map(() => undefined),
  )
