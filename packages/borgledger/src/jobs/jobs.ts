/** Asking for jobs and finding them again. */
import { isTerminal, type Job, type RunTraces, unattendedOf } from '@borgledger/domain'
import type { Clock, Engine, Ids, JobsQuery, Page, ReadModels, Runner } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeJobBody, type JobRequest } from './job-body.js'
import type { EndedJob, JobHandle } from './job-handle.js'
import { followJob } from './updates.js'

export interface JobsDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly runner: Runner
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: KeysInUse
  readonly closing: AbortSignal
}

export interface Jobs {
  readonly start: (body: unknown, caller: Caller) => Promise<Result<JobHandle>>
  readonly handle: (jobId: string) => JobHandle
  readonly list: (query?: Partial<JobsQuery>) => Promise<Result<Page<Job>>>
}

export const createJobs = (deps: JobsDeps): Jobs => ({
  start: (body, caller) => deps.keys.hold(caller, () => start(deps, body, caller)),
  handle: (jobId) => handleOf(deps, jobId),
  list: async (query = {}) => {
    const { engine, readModels } = deps
    await engine.projector.reached(engine.state().position)
    const page = await readModels.jobs({ limit: 50, ...query })()
    if (E.isLeft(page)) return failure({ code: 'malformed-request', message: 'cursor: expected what nextCursor said' })
    return ok({ ...page.right, items: page.right.items.map(engine.withLiveProgress) })
  },
})

const start = async (deps: JobsDeps, body: unknown, caller: Caller): Promise<Result<JobHandle>> => {
  const decoded = decodeJobBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  return request(deps, decoded.right, body, caller)
}

const request = async (
  deps: JobsDeps,
  { work, repositoryId, onBusy }: JobRequest,
  body: unknown,
  caller: Caller,
): Promise<Result<JobHandle>> => {
  const jobId = `job_${deps.ids.fresh()}`
  const submitted = await deps.engine.submit({
    ...circumstances(caller),
    ...keyUseOf(caller, 'job', body, jobId),
    command: { type: 'RequestJob', jobId, work, repositoryId, trigger: { kind: 'manual' }, onBusy },
  })()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(handleOf(deps, submitted.right.madeBefore ?? jobId))
}

const circumstances = ({ actor, correlationId }: Caller) => ({ actor, ...(correlationId === undefined ? {} : { correlationId }) })

const handleOf = (deps: JobsDeps, jobId: string): JobHandle => {
  const record = () => recordOf(deps, jobId)
  const follow = (leaving: AbortSignal | undefined, withProgress: boolean) =>
    followJob(jobId, {
      ...deps,
      leaving,
      withProgress,
      look: async () => {
        const found = await record()
        return found.ok ? found.value : null
      },
    })
  return {
    id: jobId,
    record,
    updates: ({ signal } = {}) => follow(signal, true),
    finished: () => lastOf(jobId, follow(undefined, false)),
    cancel: async ({ reason, force = false, ...caller }) => {
      const command = { type: 'CancelJob', jobId, reason, force } as const
      const submitted = await deps.engine.submit({ command, ...circumstances(caller) })()
      return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : record()
    },
    resolve: ({ state, reason, ...caller }) => resolve(deps, jobId, { state, reason }, caller),
    deleteEntry: async (caller) => {
      const submitted = await deps.engine.submit({ command: { type: 'DeleteJobEntry', jobId }, ...circumstances(caller) })()
      return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(undefined)
    },
  }
}

const resolve = async (
  deps: JobsDeps,
  jobId: string,
  how: { readonly state: 'failed' | 'cancelled'; readonly reason: string },
  caller: Caller,
): Promise<Result<Job>> => {
  const traces = await tracesOf(deps, jobId)
  const submitted = await deps.engine.submit({ command: { type: 'ResolveJob', jobId, ...how, traces }, ...circumstances(caller) })()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : recordOf(deps, jobId)
}

/** What can be seen of the job's run at this moment. */
const tracesOf = async ({ engine, runner }: JobsDeps, jobId: string): Promise<RunTraces> => {
  const job = engine.state().jobs.get(jobId)
  const run = job === undefined ? null : unattendedOf(job, engine.state()).run
  return run === null ? { report: 'never', liveness: 'gone' } : runner.inspect(run.runId)()
}

/** Sees every command that was answered before. */
const recordOf = async ({ engine, readModels }: JobsDeps, jobId: string): Promise<Result<Job>> => {
  await engine.projector.reached(engine.state().position)
  const entry = await readModels.job(jobId)()
  switch (entry.tag) {
    case 'Found':
      return ok(engine.withLiveProgress(entry.job))
    case 'Deleted':
      return failure({ code: 'entry-deleted', message: `the entry of job ${jobId} was deleted at ${entry.at}` })
    case 'Unknown':
      return failure({ code: 'job-not-found', message: `there is no job ${jobId}` })
  }
}

const lastOf = async (jobId: string, updates: AsyncIterable<Job>): Promise<EndedJob> => {
  let last: Job | null = null
  for await (const job of updates) last = job
  if (last !== null && isTerminal(last.state)) return last as EndedJob
  throw new Error(last === null ? `there is no job ${jobId}` : `the ledger was closed before job ${jobId} ended`)
}
