/**
 * The lock rule: when a run of ours was interrupted, or found the repository locked, the lock is broken if only our own dead hold it. A remote
 * lock never is: the other side frees it when the connection is gone.
 */
import type { LockOutcome, RepositoryAccess } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { breakLockArgv } from '../argv/calls.js'
import { callBorg } from '../call.js'
import type { RunnerOptions } from '../options.js'
import { localPath } from '../repository.js'
import { decideLock, type SeenHolder } from './decide.js'
import { holdersOf } from './holders.js'
import { sightOfHolder } from './sight.js'

/** Null for a remote repository. */
export const lockRule = async (options: RunnerOptions, repository: RepositoryAccess, runId: string): Promise<LockOutcome | null> => {
  const path = localPath(repository.location)
  if (path === null) return null
  const holders = await seenHolders(options, path)
  const decision = decideLock(options.hostId, holders)
  switch (decision.tag) {
    case 'Leave':
      return { outcome: 'not-needed', holder: null }
    case 'Refuse':
      return { outcome: 'refused', holder: decision.holder }
    case 'Break': {
      const broken = await callBorg(options, repository, breakLockArgv(repository.location))()
      if (E.isLeft(broken)) options.log?.warn({ runId, problem: broken.left.message }, 'the lock could not be broken')
      return { outcome: E.isRight(broken) ? 'broken' : 'failed', holder: decision.holder }
    }
  }
}

const seenHolders = async (options: RunnerOptions, path: string): Promise<ReadonlyArray<SeenHolder>> =>
  Promise.all(
    (await holdersOf(path)).map(async (holder) => ({
      ...holder,
      sight: holder.process === null ? ('unknown' as const) : await sightOfHolder(options, holder.process),
    })),
  )
