/** The ledger as it was at an instant or at a position of the log. */
import type { Job, Repository, Settings } from '@borgledger/domain'
import {
  type Engine,
  instantAt,
  type JobsQuery,
  jobAsOf,
  jobsAsOf,
  type Page,
  type PastParts,
  type PastState,
  positionAt,
  repositoriesAsOf,
  repositoryAsOf,
  scheduleAsOf,
  schedulesAsOf,
  settingsAsOf,
  stateAsOf,
} from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { failure, ok, type Result } from '../result.js'
import { type Schedule, shownAt } from '../schedules/index.js'

export interface PastLedger {
  /** The same filters as today's list; `state` is the state at that time. */
  readonly jobs: (query?: Partial<JobsQuery>) => Promise<Result<Page<Job>>>
  /** Codes: `job-not-found` before it was asked for; `entry-deleted` when it was deleted by then. */
  readonly job: (jobId: string) => Promise<Result<Job>>
  readonly repositories: () => Promise<Result<ReadonlyArray<Repository>>>
  /** Code: `repository-not-found`. */
  readonly repository: (repositoryId: string) => Promise<Result<Repository>>
  /** By id, ascending; what was due next is said from that moment on. */
  readonly schedules: () => Promise<Result<ReadonlyArray<Schedule>>>
  /** Code: `schedule-not-found`. */
  readonly schedule: (scheduleId: string) => Promise<Result<Schedule>>
  readonly settings: () => Promise<Result<Settings>>
  /** With who held which slot and which repository. */
  readonly state: () => Promise<Result<PastState>>
}

export interface PastDeps extends PastParts {
  readonly engine: Engine
}

/** `moment`: RFC 3339 in UTC, or a position that the log has reached; every call refuses another one as `malformed-request`. */
export const pastLedger = (deps: PastDeps, moment: string | number): PastLedger => {
  const then = async <A>(look: (position: number) => Promise<Result<A>>): Promise<Result<A>> => {
    const position = await placeOf(deps, moment)
    return position.ok ? look(position.value) : position
  }
  return {
    jobs: (query = {}) => then((position) => jobs(deps, position, query)),
    job: (jobId) => then((position) => job(deps, position, jobId)),
    repositories: () => then(async (position) => ok(await repositoriesAsOf(deps, position))),
    repository: (repositoryId) => then((position) => repository(deps, position, repositoryId)),
    schedules: () => then((position) => schedules(deps, position, moment)),
    schedule: (scheduleId) => then((position) => schedule(deps, position, moment, scheduleId)),
    settings: () => then(async (position) => ok(await settingsAsOf(deps, position))),
    state: () => then(async (position) => ok(await stateAsOf(deps, position))),
  }
}

const jobs = async (deps: PastDeps, position: number, query: Partial<JobsQuery>): Promise<Result<Page<Job>>> => {
  const page = await jobsAsOf(deps, position, { limit: 50, ...query })
  return E.isRight(page) ? ok(page.right) : malformed('cursor: expected what nextCursor said')
}

const job = async (deps: PastDeps, position: number, jobId: string): Promise<Result<Job>> => {
  const entry = await jobAsOf(deps, position, jobId)
  switch (entry.tag) {
    case 'Found':
      return ok(entry.job)
    case 'Deleted':
      return failure({ code: 'entry-deleted', message: `the entry of job ${jobId} was deleted at ${entry.at}` })
    case 'Unknown':
      return failure({ code: 'job-not-found', message: `there was no job ${jobId} at position ${position}` })
  }
}

const repository = async (deps: PastDeps, position: number, id: string): Promise<Result<Repository>> => {
  const found = await repositoryAsOf(deps, position, id)
  if (found !== null) return ok(found)
  return failure({ code: 'repository-not-found', message: `there was no repository ${id} at position ${position}` })
}

const schedules = async (deps: PastDeps, position: number, moment: string | number): Promise<Result<ReadonlyArray<Schedule>>> => {
  const at = await instantOf(deps, moment)
  return ok((await schedulesAsOf(deps, position)).map((schedule) => shownAt(at, schedule)))
}

const schedule = async (deps: PastDeps, position: number, moment: string | number, id: string): Promise<Result<Schedule>> => {
  const found = await scheduleAsOf(deps, position, id)
  if (found !== null) return ok(shownAt(await instantOf(deps, moment), found))
  return failure({ code: 'schedule-not-found', message: `there was no schedule ${id} at position ${position}` })
}

/** The instant that was asked for, or that of the event at the position; empty before the first. */
const instantOf = async ({ store }: PastDeps, moment: string | number): Promise<string> => {
  if (typeof moment === 'string') return new Date(moment).toISOString()
  return moment === 0 ? '' : instantAt(store, moment)
}

/** Sees every command that was answered before. */
const placeOf = async ({ engine, store }: PastDeps, moment: string | number): Promise<Result<number>> => {
  const head = engine.state().position
  await engine.projector.reached(head)
  if (typeof moment === 'number') {
    const isThere = Number.isSafeInteger(moment) && moment >= 0 && moment <= head
    return isThere ? ok(moment) : malformed(`at: expected a position from 0 to ${head}, got ${moment}`)
  }
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(moment) ? Date.parse(moment) : Number.NaN
  if (Number.isNaN(ms)) return malformed(`at: expected an instant such as 2026-11-03T02:13:00Z or a position, got ${moment}`)
  return ok(await positionAt(store, new Date(ms).toISOString()))
}

const malformed = (message: string): Result<never> => failure({ code: 'malformed-request', message })
