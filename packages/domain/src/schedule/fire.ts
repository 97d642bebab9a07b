/**
 * One due instant meets the present: its job is made, or it waits, or it is over.
 *
 * A scheduled check is made only when its slot and its repository are free, so that a busy night leaves no check pending until it is stale;
 * until then the instant itself waits. Every other job is made at once, and waits as a job.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { DomainEvent } from '../event.js'
import { heldBackAtOnce, isTerminal, requestJob } from '../job/index.js'
import { type Refusal, refusalCode, sayRefusal } from '../refusal.js'
import type { LedgerState } from '../state.js'
import type { QueueReason, ScheduleEvent } from './events.js'
import type { OpenTick, ScheduleState } from './state.js'

const firstPauseMs = 60_000
const pauseMsMax = 3_600_000

/** The same instant of the same schedule makes the same job, whoever makes it: `job_nightly-20261103T021300Z`. */
export const scheduledJobId = (scheduleId: string, dueAt: string): string => `job_${scheduleId}-${dueAt.replace(/[-:]|\.000(?=Z)/g, '')}`

/** `catchingUp`: one of several missed instants, which take their turns rather than be skipped for each other. */
export const meet = (
  tick: OpenTick,
  scheduleId: string,
  state: LedgerState,
  at: string,
  catchingUp = false,
): ReadonlyArray<DomainEvent> => {
  const schedule = state.schedules.byId.get(scheduleId)
  if (schedule === undefined || (tick.retryAt !== null && at < tick.retryAt)) return []
  if (at > tick.fireBy) return [tooLate(tick, scheduleId)]
  const jobs = unfinishedOf(scheduleId, state)
  switch (overlapping(tick, schedule, jobs, catchingUp)) {
    case 'skip':
      return [skipped(tick, scheduleId, 'overlap')]
    case 'wait':
      return wait(tick, scheduleId, { reason: 'overlap', jobs })
    case 'go-on':
      return makeJob(tick, schedule, state, at)
  }
}

export const skipped = (
  { dueAt }: Pick<OpenTick, 'dueAt'>,
  scheduleId: string,
  reason: 'overlap' | 'window' | 'disabled',
): ScheduleEvent => ({
  type: 'TicksSkipped',
  scheduleId,
  dueAt,
  until: dueAt,
  count: 1,
  reason,
})

/** An instant whose job could never be made has failed; one that only waited is skipped. */
const tooLate = ({ dueAt, error }: OpenTick, scheduleId: string): ScheduleEvent =>
  error === null ? skipped({ dueAt }, scheduleId, 'window') : { type: 'TickFailed', scheduleId, dueAt, error }

/** By the clock or by hand. */
const unfinishedOf = (scheduleId: string, { jobs }: LedgerState): ReadonlyArray<string> =>
  [...jobs.values()]
    .filter(({ trigger, status }) => 'scheduleId' in trigger && trigger.scheduleId === scheduleId && !isTerminal(status))
    .map(({ jobId }) => jobId)

const overlapping = (
  { dueAt }: OpenTick,
  { definition, open }: ScheduleState,
  jobs: ReadonlyArray<string>,
  catchingUp: boolean,
): 'skip' | 'wait' | 'go-on' => {
  if (definition.overlap === 'allow') return 'go-on'
  const isOpen = open.some((other) => other.dueAt === dueAt)
  const isBehind = open.some((other) => other.dueAt < dueAt)
  if (isOpen || catchingUp) return jobs.length > 0 || isBehind ? 'wait' : 'go-on'
  if (isBehind) return 'skip'
  if (jobs.length === 0) return 'go-on'
  return definition.overlap === 'skip' ? 'skip' : 'wait'
}

interface Wait {
  readonly reason: QueueReason
  readonly jobs: ReadonlyArray<string>
}

/** Recorded when it is news: another reason, or none of those it waited for is in the way any more. */
const wait = ({ dueAt, fireBy, waiting }: OpenTick, scheduleId: string, { reason, jobs }: Wait): ReadonlyArray<ScheduleEvent> => {
  const same =
    waiting?.reason === reason && (jobs.length === 0 ? waiting.jobs.length === 0 : waiting.jobs.some((job) => jobs.includes(job)))
  return same ? [] : [{ type: 'TickQueued', scheduleId, dueAt, fireBy, reason, jobs }]
}

const makeJob = (tick: OpenTick, { scheduleId, definition }: ScheduleState, state: LedgerState, at: string): ReadonlyArray<DomainEvent> => {
  const { dueAt } = tick
  const jobId = scheduledJobId(scheduleId, dueAt)
  const trigger = { kind: 'schedule', scheduleId, dueAt } as const
  const requested = requestJob({ type: 'RequestJob', jobId, ...definition.job, trigger, onBusy: 'queue' }, state)
  if (E.isLeft(requested)) return [refused(tick, scheduleId, requested.left, at)]
  const held = definition.job.work.type === 'check' ? whatHolds(requested.right, state) : null
  if (held !== null) return wait(tick, scheduleId, held)
  return [{ type: 'TickFired', scheduleId, dueAt, madeJobId: jobId }, ...requested.right]
}

const whatHolds = (
  [requested]: Extract<ReturnType<typeof requestJob>, { readonly _tag: 'Right' }>['right'],
  state: LedgerState,
): Wait | null => (state.owner.dispatching ? heldBackAtOnce(requested, state) : { reason: 'host-stopped', jobs: [] })

/** Tried again after a minute, then ever less often, and for the last time when its window ends. */
const refused = ({ dueAt, fireBy, attempts }: OpenTick, scheduleId: string, refusal: Refusal, at: string): ScheduleEvent => {
  const error = { code: refusalCode(refusal), message: sayRefusal(refusal) }
  if (at >= fireBy) return { type: 'TickFailed', scheduleId, dueAt, error }
  const pauseMs = Math.min(firstPauseMs * 2 ** attempts, pauseMsMax)
  const retryAt = new Date(Math.min(Date.parse(at) + pauseMs, Date.parse(fireBy))).toISOString()
  return { type: 'TickAttemptFailed', scheduleId, dueAt, fireBy, attempt: attempts + 1, error, retryAt }
}
