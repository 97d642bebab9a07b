/**
 * Which pending jobs start now, and for whom the others wait. Run after every decision, so that no job waits that could run.
 *
 * Oldest first per repository among those whose slot is free. A job that younger ones overtook too often gets its slot and its
 * repository kept for it, so that none starves.
 */
import type { Calls } from '../call/state.js'
import { inTheWay as claimsInTheWay, type HeldClaim, heldByJob, heldClaims } from '../claims.js'
import { claimKeysOf, type RepositoryState } from '../repository/state.js'
import type { Settings } from '../settings/events.js'
import type { Claim, JobEvent, WaitingReason } from './events.js'
import { claimOf, type SlotClass } from './job-type.js'
import type { JobState } from './state.js'

/** After so many younger starts a waiting job is next. */
export const overtakenMax = 8

interface World {
  readonly host: string
  readonly settings: Settings
  readonly repositories: ReadonlyMap<string, RepositoryState>
  readonly jobs: ReadonlyMap<string, JobState>
  readonly calls: Calls
}

/** What is taken while the queue is walked through, by whom. */
interface Taken {
  readonly slots: Map<SlotClass, string[]>
  readonly claims: HeldClaim[]
  /** Jobs that were overtaken too often: each keeps one slot of its class. */
  readonly keptSlots: Map<SlotClass, string[]>
  /** By claim key, the last of the older jobs that wait for the repository. */
  readonly queued: Map<string, string>
}

/**
 * `JobStarted` for all that can start, then `JobHeldBack` for those whose reason to wait is new.
 *
 * A start may take the slot of an older job, which then keeps no place in the line of its repository: the queue is walked through again
 * until nobody starts.
 */
export const dispatch = (world: World): ReadonlyArray<JobEvent> => {
  if (!isAnyPending(world.jobs)) return []
  const events = walk(world)
  const starts = events.filter((event) => event.type === 'JobStarted')
  if (starts.length === 0) return events
  const jobs = new Map(world.jobs)
  for (const { jobId, claim } of starts) {
    const job = jobs.get(jobId)
    if (job !== undefined) jobs.set(jobId, { ...job, status: 'running', claim })
  }
  return [...starts, ...dispatch({ ...world, jobs })]
}

const isAnyPending = (jobs: World['jobs']): boolean => {
  for (const job of jobs.values()) if (job.status === 'pending') return true
  return false
}

const walk = (world: World): ReadonlyArray<JobEvent> => {
  const jobs = [...world.jobs.values()].sort((a, b) => a.order - b.order)
  const taken: Taken = { slots: new Map(), claims: [...heldClaims(world)], keptSlots: new Map(), queued: new Map() }
  for (const { slot, jobId, status } of jobs) if (status === 'running' && slot !== null) push(taken.slots, slot, jobId)
  return jobs.filter((job) => job.status === 'pending').flatMap((job) => consider(job, world, taken))
}

const repositoryOf = (job: JobState, world: World): RepositoryState | undefined =>
  job.repositoryId === null ? undefined : world.repositories.get(job.repositoryId)

const take = (job: JobState, claim: Claim | null, repository: RepositoryState | undefined, taken: Taken): void => {
  if (job.slot !== null) push(taken.slots, job.slot, job.jobId)
  if (claim !== null) taken.claims.push(heldByJob(job.jobId, claim, repository))
}

const push = (lists: Map<SlotClass, string[]>, slot: SlotClass, jobId: string): void => {
  lists.set(slot, [...(lists.get(slot) ?? []), jobId])
}

const consider = (job: JobState, world: World, taken: Taken): ReadonlyArray<JobEvent> => {
  const repository = repositoryOf(job, world)
  const inTheWay = slotInTheWay(job, world.settings, taken) ?? claimInTheWay(job, repository, taken)
  if (inTheWay === null) {
    const claim = claimFor(job, repository)
    take(job, claim, repository, taken)
    return [{ type: 'JobStarted', jobId: job.jobId, host: world.host, claim }]
  }
  queueUp(job, repository, world, inTheWay.reason, taken)
  return isNews(job, inTheWay) ? [{ type: 'JobHeldBack', jobId: job.jobId, ...inTheWay }] : []
}

interface InTheWay {
  readonly reason: WaitingReason
  /** None when only a call is, or a limit of 0. */
  readonly jobs: ReadonlyArray<string>
}

const slotInTheWay = (job: JobState, settings: Settings, taken: Taken): InTheWay | null => {
  if (job.slot === null) return null
  const jobs = [...(taken.slots.get(job.slot) ?? []), ...(taken.keptSlots.get(job.slot) ?? [])]
  return jobs.length < limitOf(job.slot, settings) ? null : { reason: 'limit-reached', jobs }
}

const claimInTheWay = (job: JobState, repository: RepositoryState | undefined, taken: Taken): InTheWay | null => {
  const mode = claimOf(job.work.type)
  if (mode === null || repository === undefined) return null
  const keys = claimKeysOf(repository)
  const holders = claimsInTheWay({ keys, mode }, taken.claims)
  const ahead = keys.flatMap((key) => taken.queued.get(key) ?? [])
  const jobs = [...new Set([...holders.flatMap(({ jobId }) => jobId ?? []), ...ahead])]
  return holders.length === 0 && ahead.length === 0 ? null : { reason: 'repository-busy', jobs }
}

const claimFor = (job: JobState, repository: RepositoryState | undefined): Claim | null => {
  const mode = claimOf(job.work.type)
  const key = repository === undefined ? undefined : claimKeysOf(repository)[0]
  return mode === null || key === undefined ? null : { key, mode }
}

/** A job whose slot is free waits for its repository in line; so does, with its slot, one that was overtaken too often and may start at all. */
const queueUp = (job: JobState, repository: RepositoryState | undefined, world: World, reason: WaitingReason, taken: Taken): void => {
  const overdue = job.overtaken >= overtakenMax && (job.slot === null || limitOf(job.slot, world.settings) > 0)
  if (overdue && job.slot !== null) push(taken.keptSlots, job.slot, job.jobId)
  if (repository === undefined || claimOf(job.work.type) === null || (reason === 'limit-reached' && !overdue)) return
  for (const key of claimKeysOf(repository)) taken.queued.set(key, job.jobId)
}

/** Worth recording: another reason, or none of those it was waiting for is in the way any more. */
const isNews = (job: JobState, { reason, jobs }: InTheWay): boolean => {
  if (job.heldBack === null || job.heldBack.reason !== reason) return true
  const before = job.heldBack.jobs
  return before.length === 0 ? jobs.length > 0 : !before.some((jobId) => jobs.includes(jobId))
}

/** How many jobs of a class may run at a time. */
export const limitOf = (slot: SlotClass, settings: Settings): number => {
  switch (slot) {
    case 'manual-backup':
      return settings.maxConcurrentManualBackups
    case 'scheduled-backup':
      return settings.maxConcurrentScheduledBackups
    case 'scheduled-check':
      return settings.maxConcurrentScheduledChecks
  }
}
