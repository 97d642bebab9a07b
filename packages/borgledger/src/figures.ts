/** The ledger in numbers, as they are now: what a program that watches it asks for, again and again. */
import { type JobState, JobType, limitOf, SlotClass, type WaitingReason } from '@borgledger/domain'
import type { Engine, ReadModels, Tally } from '@borgledger/engine'
import type { LastVerification } from './audit/index.js'

export interface Figures {
  /** Of the log, and how far the tables are behind it. */
  readonly position: number
  readonly lagEvents: number
  /** A projection threw, and the tables stand still. */
  readonly parked: boolean
  /** Jobs are started. */
  readonly dispatching: boolean
  /** Every type with those that are not over. */
  readonly unfinished: ReadonlyArray<{ readonly type: JobType; readonly pending: number; readonly running: number }>
  /** Of the pending jobs, for what they wait; `dispatch` those that nobody has looked at yet. */
  readonly waiting: ReadonlyArray<{ readonly reason: WaitingReason | 'dispatch'; readonly jobs: number }>
  readonly slots: ReadonlyArray<{ readonly slot: SlotClass; readonly used: number; readonly limit: number }>
  /** Due instants without an outcome. */
  readonly openInstants: ReadonlyArray<{ readonly scheduleId: string; readonly count: number }>
  /** Notifications that have neither arrived nor been given up. */
  readonly deliveriesWaiting: number
  readonly reportsWaiting: number
  readonly logsLeft: number
  /** Since the start of this process; null while nobody asked for one. */
  readonly verification: LastVerification | null
  /** What there ever was, as far as the tables are. */
  readonly tally: Tally
}

interface FiguresDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly lastVerification: () => LastVerification | null
}

/** Waits for nothing: tables that lag behind are told as they are. */
export const figuresOf = async ({ engine, readModels, lastVerification }: FiguresDeps): Promise<Figures> => {
  const tally = await readModels.tally()
  const { position, owner, jobs, settings, schedules, notifications } = engine.state()
  const projected = engine.projector.state()
  const all = [...jobs.values()]
  return {
    position,
    lagEvents: Math.max(0, position - projected.position),
    parked: projected.parked !== null,
    dispatching: owner.dispatching,
    unfinished: unfinishedIn(all),
    waiting: waitingIn(all),
    slots: keysOf(SlotClass).map((slot) => ({ slot, used: all.filter(holding(slot)).length, limit: limitOf(slot, settings) })),
    openInstants: [...schedules.byId.values()].map(({ scheduleId, open }) => ({ scheduleId, count: open.length })),
    deliveriesWaiting: notifications.outbox.size,
    reportsWaiting: engine.reportsWaiting(),
    logsLeft: engine.logsLeft().size,
    verification: lastVerification(),
    tally,
  }
}

const keysOf = <K extends string>(codec: { readonly keys: Readonly<Record<K, unknown>> }): ReadonlyArray<K> =>
  Object.keys(codec.keys) as K[]

const holding =
  (wanted: SlotClass) =>
  ({ slot, status }: JobState): boolean =>
    status === 'running' && slot === wanted

const unfinishedIn = (jobs: ReadonlyArray<JobState>): Figures['unfinished'] =>
  keysOf(JobType).map((type) => {
    const count = (wanted: JobState['status']) => jobs.filter(({ work, status }) => work.type === type && status === wanted).length
    return { type, pending: count('pending'), running: count('running') }
  })

const waitingIn = (jobs: ReadonlyArray<JobState>): Figures['waiting'] => {
  const pending = jobs.filter(({ status }) => status === 'pending')
  return (['limit-reached', 'repository-busy', 'dispatch'] as const).map((reason) => ({
    reason,
    jobs: pending.filter(({ heldBack }) => (heldBack?.reason ?? 'dispatch') === reason).length,
  }))
}
