/**
 * Schedule rules: which definitions there may be, and that every due instant ends in one outcome, whatever is changed and by whom.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Problem } from '../codec/index.js'
import type { DomainEvent } from '../event.js'
import { requestJob, requestProblems } from '../job/index.js'
import type { Refusal } from '../refusal.js'
import { foresee, type LedgerState } from '../state.js'
import { accountFor, isAbout, skipAll } from './account.js'
import type { ScheduleCommand, ScheduleCommandOf } from './commands.js'
import type { ScheduleDefinition } from './definition.js'
import type { DueFacts } from './due.js'
import { skipped } from './fire.js'
import { cronProblem } from './pattern.js'
import { settleTicks } from './settle.js'
import type { ScheduleState } from './state.js'
import { timeZoneProblem } from './zone.js'

type Decision = E.Either<Refusal, ReadonlyArray<DomainEvent>>

/**
 * Left: `IdTaken` (add); `InvalidBody`, `RepositoryNotFound` (add, change, run); `ScheduleMoved` (change, remove) when the facts are about an
 * earlier state; `ScheduleNotFound`.
 */
export const decideSchedule = (command: ScheduleCommand, state: LedgerState, at: string): Decision => {
  if (command.type === 'TendSchedules') return E.right(settleTicks(state, at))
  if (command.type === 'AddSchedule') return add(command, state, at)
  const schedule = state.schedules.byId.get(command.scheduleId)
  if (schedule === undefined) return E.left({ tag: 'ScheduleNotFound', scheduleId: command.scheduleId })
  switch (command.type) {
    case 'ChangeSchedule':
      return change(command, schedule, state, at)
    case 'RemoveSchedule':
      return remove(command, schedule)
    case 'RunSchedule':
      return runNow(command, schedule, state)
    case 'FireDue':
      return E.right(isAbout(command.due, schedule) ? accountFor(schedule, command.due, state, at) : [])
  }
}

const add = ({ scheduleId, definition }: ScheduleCommandOf<'AddSchedule'>, state: LedgerState, at: string): Decision => {
  if (state.schedules.byId.has(scheduleId)) return E.left({ tag: 'IdTaken', id: scheduleId })
  const accountedUntil = later(at, state.schedules.removed.get(scheduleId) ?? at)
  return E.map(() => [{ type: 'ScheduleAdded', scheduleId, definition, accountedUntil } as const])(
    valid(definition, [...rhythmProblems(definition), ...jobProblems(definition, state)], state),
  )
}

/** What came due before is accounted for under the definition of before; the new one begins with the present. */
const change = (command: ScheduleCommandOf<'ChangeSchedule'>, schedule: ScheduleState, state: LedgerState, at: string): Decision => {
  const { scheduleId, definition, due } = command
  if (isSame(definition, schedule.definition)) return E.right([])
  if (!isAbout(due, schedule)) return E.left({ tag: 'ScheduleMoved', scheduleId })
  const isSameJob = isSame(definition.job, schedule.definition.job)
  const problems = [...rhythmProblems(definition), ...(isSameJob ? [] : jobProblems(definition, state))]
  const accepted = isSameJob && problems.length === 0 ? E.right(definition) : valid(definition, problems, state)
  return E.map(() => {
    const before = accountFor(schedule, due, state, at)
    const open = foresee(state, before, { at, actor: '' }).schedules.byId.get(scheduleId)?.open ?? []
    const closed = definition.enabled ? [] : open.map((tick) => skipped(tick, scheduleId, 'disabled'))
    return [...before, ...closed, { type: 'ScheduleChanged', scheduleId, definition, accountedUntil: accountedBy(due, schedule) } as const]
  })(accepted)
}

/** Nothing fires for a schedule that is on its way out. */
const remove = ({ scheduleId, due }: ScheduleCommandOf<'RemoveSchedule'>, schedule: ScheduleState): Decision => {
  if (!isAbout(due, schedule)) return E.left({ tag: 'ScheduleMoved', scheduleId })
  const closed = schedule.open.map((tick) => skipped(tick, scheduleId, 'disabled'))
  const accountedUntil = accountedBy(due, schedule)
  return E.right([...closed, ...skipAll(scheduleId, due, 'disabled'), { type: 'ScheduleRemoved', scheduleId, accountedUntil }])
}

const runNow = ({ scheduleId, jobId }: ScheduleCommandOf<'RunSchedule'>, { definition }: ScheduleState, state: LedgerState): Decision =>
  requestJob({ type: 'RequestJob', jobId, ...definition.job, trigger: { kind: 'manual', scheduleId }, onBusy: 'queue' }, state)

const valid = (
  definition: ScheduleDefinition,
  problems: ReadonlyArray<Problem>,
  state: LedgerState,
): E.Either<Refusal, ScheduleDefinition> => {
  const { repositoryId } = definition.job
  if (problems.length > 0) return E.left({ tag: 'InvalidBody', problems })
  const isThere = repositoryId === null || state.repositories.has(repositoryId)
  return isThere ? E.right(definition) : E.left({ tag: 'RepositoryNotFound', repositoryId })
}

const rhythmProblems = ({ cron, timeZone }: ScheduleDefinition): ReadonlyArray<Problem> => {
  const checks = [
    { path: 'cron', problem: cronProblem(cron), got: cron },
    { path: 'timeZone', problem: timeZoneProblem(timeZone), got: timeZone },
  ]
  return checks.flatMap(({ path, problem, got }) => (problem === null ? [] : [{ path, message: `${problem}, got ${JSON.stringify(got)}` }]))
}

const jobProblems = ({ job }: ScheduleDefinition, state: LedgerState): ReadonlyArray<Problem> =>
  requestProblems(job.work, job.repositoryId, state).map(({ path, message }) => ({ path: `job.${path}`, message }))

/** A clock that was set back takes nothing back. */
const accountedBy = ({ until }: DueFacts, { accountedUntil }: ScheduleState): string => later(until, accountedUntil)

const later = (one: string, other: string): string => (one > other ? one : other)

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)
