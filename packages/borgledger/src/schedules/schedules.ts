/** Schedules: added, changed, removed, run by hand, looked ahead. Definitions stand in the state that decisions are made on; ticks in a table. */
import { type DueFacts, dueFacts, preview, type ScheduleState, type Tick } from '@borgledger/domain'
import type { Clock, Engine, Ids, Page, ReadModels, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { JobHandle } from '../jobs/index.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeScheduleBody, decodeSchedulePatch } from './schedule-body.js'
import { later, type Schedule, shownAt } from './shown-at.js'

export interface SchedulesDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: KeysInUse
  readonly jobOf: (jobId: string) => JobHandle
}

export interface Schedules {
  /** Codes: `invalid-body`, `id-taken`, `repository-not-found`. */
  readonly add: (body: unknown, caller: Caller) => Promise<Result<Schedule>>
  /** What came due before is accounted for by the definition of before. Codes: as for `add`, and `schedule-not-found`. */
  readonly change: (scheduleId: string, patch: unknown, caller: Caller) => Promise<Result<Schedule>>
  readonly remove: (scheduleId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (scheduleId: string) => Promise<Result<Schedule>>
  /** By id, ascending. */
  readonly list: () => Promise<ReadonlyArray<Schedule>>
  /** Makes its job now, by hand. No due instant is touched. */
  readonly run: (scheduleId: string, caller: Caller) => Promise<Result<JobHandle>>
  /** The next instants, 1 to 1,000 of them. */
  readonly preview: (scheduleId: string, count: number) => Promise<Result<ReadonlyArray<string>>>
  /** What became of its due instants, newest first. Codes: `schedule-not-found`, `malformed-request` for a strange cursor. */
  readonly ticks: (scheduleId: string, query?: { readonly limit?: number; readonly cursor?: string }) => Promise<Result<Page<Tick>>>
}

/** How often a change is made again because an instant came due meanwhile. */
const attemptsMax = 5

export const createSchedules = (deps: SchedulesDeps): Schedules => ({
  add: (body, caller) => deps.keys.hold(caller, () => add(deps, body, caller)),
  change: (scheduleId, patch, caller) => change(deps, scheduleId, patch, caller),
  remove: async (scheduleId, { actor }) => {
    const removed = await insist(deps, scheduleId, (_, due) => ok({ command: { type: 'RemoveSchedule', scheduleId, due }, actor }))
    return removed.ok ? ok(undefined) : removed
  },
  get: (scheduleId) => recordOf(deps, scheduleId),
  list: async () => {
    const ids = [...deps.engine.state().schedules.byId.keys()].sort()
    const records = await Promise.all(ids.map((id) => recordOf(deps, id)))
    return records.flatMap((record) => (record.ok ? [record.value] : []))
  },
  run: (scheduleId, caller) => deps.keys.hold(caller, () => run(deps, scheduleId, caller)),
  preview: async (scheduleId, count) => {
    const known = stateOf(deps, scheduleId)
    return known === undefined ? notFound(scheduleId) : ok(preview(known.definition, later(deps.clock.now(), known.accountedUntil), count))
  },
  ticks: async (scheduleId, { limit = 50, cursor } = {}) => {
    if (stateOf(deps, scheduleId) === undefined) return notFound(scheduleId)
    await deps.engine.projector.reached(deps.engine.state().position)
    const page = await deps.readModels.ticks({ scheduleId, limit, ...(cursor === undefined ? {} : { cursor }) })()
    return E.isLeft(page) ? failure({ code: 'malformed-request', message: 'cursor: expected what nextCursor said' }) : ok(page.right)
  },
})

const add = async (deps: SchedulesDeps, body: unknown, caller: Caller): Promise<Result<Schedule>> => {
  const decoded = decodeScheduleBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const { id: scheduleId = `schedule-${deps.ids.fresh()}`, definition } = decoded.right
  const command = { type: 'AddSchedule', scheduleId, definition } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'schedule', body, scheduleId) })
  return submitted.ok ? recordOf(deps, submitted.value ?? scheduleId) : submitted
}

const change = async (deps: SchedulesDeps, scheduleId: string, patch: unknown, { actor }: Caller): Promise<Result<Schedule>> => {
  const changed = await insist(deps, scheduleId, ({ definition: known }, due) => {
    const decoded = decodeSchedulePatch(patch, known)
    if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
    return ok({ command: { type: 'ChangeSchedule', scheduleId, definition: decoded.right, due }, actor })
  })
  return changed.ok ? recordOf(deps, scheduleId) : changed
}

const run = async (deps: SchedulesDeps, scheduleId: string, caller: Caller): Promise<Result<JobHandle>> => {
  const jobId = `job_${deps.ids.fresh()}`
  const command = { type: 'RunSchedule', scheduleId, jobId } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'schedule-run', { scheduleId }, jobId) })
  return submitted.ok ? ok(deps.jobOf(submitted.value ?? jobId)) : submitted
}

/** Makes the submission for the schedule as it stands, and makes it anew when that moved on meanwhile. */
const insist = async (
  deps: SchedulesDeps,
  scheduleId: string,
  make: (schedule: ScheduleState, due: DueFacts) => Result<Submission>,
): Promise<Result<string | null>> => {
  for (let attempt = 1; ; attempt += 1) {
    const schedule = stateOf(deps, scheduleId)
    if (schedule === undefined) return notFound(scheduleId)
    const made = make(schedule, factsOf(schedule, deps.clock.now()))
    if (!made.ok) return made
    const submitted = await submit(deps, made.value)
    if (submitted.ok || submitted.error.code !== 'schedule-moved' || attempt === attemptsMax) return submitted
  }
}

/** Of a time zone that is not known any more nobody can say what came due in it; the schedule can be changed and removed all the same. */
const factsOf = (schedule: ScheduleState, now: string): DueFacts => {
  try {
    return dueFacts(schedule, now)
  } catch {
    return { revision: schedule.revision, after: schedule.accountedUntil, until: now, count: 0, first: null, newest: [] }
  }
}

/** The id that the same key made before, or null. */
const submit = async ({ engine }: SchedulesDeps, submission: Submission): Promise<Result<string | null>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore)
}

const stateOf = ({ engine }: SchedulesDeps, scheduleId: string): ScheduleState | undefined => engine.state().schedules.byId.get(scheduleId)

const recordOf = async (deps: SchedulesDeps, scheduleId: string): Promise<Result<Schedule>> => {
  const { engine, readModels, clock } = deps
  await engine.projector.reached(engine.state().position)
  const last = await readModels.ticks({ scheduleId, limit: 1 })()
  const known = stateOf(deps, scheduleId)
  const lastTick = E.isRight(last) ? (last.right.items[0] ?? null) : null
  return known === undefined ? notFound(scheduleId) : ok(shownAt(clock.now(), { ...known, lastTick }))
}

const notFound = (scheduleId: string): Result<never> =>
  failure({ code: 'schedule-not-found', message: `there is no schedule ${scheduleId}` })
