/**
 * Who holds what of which repository: the running jobs, and the calls under way. One borg repository may go by several keys, its own id and the
 * locations at which it is registered; a claim under any of them holds under all.
 */
import type { Calls } from './call/state.js'
import type { Claim } from './job/events.js'
import type { ClaimMode } from './job/job-type.js'
import type { JobState } from './job/state.js'
import { claimKeysOf, type RepositoryState } from './repository/state.js'

export interface HeldClaim {
  /** Null: a call holds it. */
  readonly jobId: string | null
  readonly keys: ReadonlyArray<string>
  readonly mode: ClaimMode
}

interface Holders {
  readonly repositories: ReadonlyMap<string, RepositoryState>
  readonly jobs: ReadonlyMap<string, JobState>
  readonly calls: Calls
}

/** Asked after every decision: so no list is made on the way. */
export const heldClaims = ({ repositories, jobs, calls }: Holders): ReadonlyArray<HeldClaim> => {
  const held: HeldClaim[] = []
  for (const { jobId, status, claim, repositoryId } of jobs.values())
    if (status === 'running' && claim !== null)
      held.push(heldByJob(jobId, claim, repositoryId === null ? undefined : repositories.get(repositoryId)))
  for (const { claim } of calls.values()) held.push({ jobId: null, keys: keysWith(claim.key, repositories), mode: claim.mode })
  return held
}

/** Under the claim's own key, and under those of its repository today, should more have become known meanwhile. */
export const heldByJob = (jobId: string, { key, mode }: Claim, repository: RepositoryState | undefined): HeldClaim => ({
  jobId,
  keys: [key, ...(repository === undefined ? [] : claimKeysOf(repository))],
  mode,
})

/** The key, and all others of the repositories that it leads to. */
export const keysWith = (key: string, repositories: Holders['repositories']): ReadonlyArray<string> => {
  const others = [...repositories.values()].map(claimKeysOf).filter((keys) => keys.includes(key))
  return [...new Set([key, ...others.flat()])]
}

/** The claims that exclude this one. */
export const inTheWay = (
  { keys, mode }: { readonly keys: ReadonlyArray<string>; readonly mode: ClaimMode },
  held: ReadonlyArray<HeldClaim>,
): ReadonlyArray<HeldClaim> =>
  held.filter((other) => keys.some((key) => other.keys.includes(key))).filter((other) => mode === 'exclusive' || other.mode === 'exclusive')
