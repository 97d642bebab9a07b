/**
 * What can happen to a schedule and to its due instants. A due instant is known by its schedule and the instant itself, and ends in exactly
 * one of `TickFired`, `TicksSkipped` and `TickFailed`.
 */
import * as t from 'io-ts'
import { Id, Instant, Positive, Text } from '../codec/index.js'
import { ScheduleDefinition } from './definition.js'

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), scheduleId: Id, ...props }), name)

/** `missed`: nobody looked at its time, or a newer one was due already. `window`: it waited for longer than it may. */
export const SkipReason = t.keyof({ overlap: null, missed: null, disabled: null, window: null })
export type SkipReason = t.TypeOf<typeof SkipReason>

/** For what a due instant waits: its schedule's previous job, a slot, the repository, or a host that starts jobs. */
export const QueueReason = t.keyof({ overlap: null, 'limit-reached': null, 'repository-busy': null, 'host-stopped': null })
export type QueueReason = t.TypeOf<typeof QueueReason>

/** `code`: that of the refusal, such as `repository-not-found`. */
export const TickError = t.readonly(t.type({ code: Text, message: t.string }))
export type TickError = t.TypeOf<typeof TickError>

/** After `fireBy` the instant fires no more. */
const open = { dueAt: Instant, fireBy: Instant }

export const scheduleEvents = [
  /** `accountedUntil`: instants up to here are no business of this definition. */
  event('ScheduleAdded', { definition: ScheduleDefinition, accountedUntil: Instant }),
  event('ScheduleChanged', { definition: ScheduleDefinition, accountedUntil: Instant }),
  event('ScheduleRemoved', { accountedUntil: Instant }),
  /** The instant is due, and waits. Recorded again when what it waits for changes. */
  event('TickQueued', { ...open, reason: QueueReason, jobs: t.readonlyArray(t.string) }),
  /** The job is made in the same commit. */
  event('TickFired', { dueAt: Instant, madeJobId: Text }),
  /** All due instants from `dueAt` to `until`, both of them included; `count` says how many. */
  event('TicksSkipped', { dueAt: Instant, until: Instant, count: Positive, reason: SkipReason }),
  /** The job could not be made; it is tried again at `retryAt`. */
  event('TickAttemptFailed', { ...open, attempt: Positive, error: TickError, retryAt: Instant }),
  event('TickFailed', { dueAt: Instant, error: TickError }),
] as const

export const ScheduleEvent = t.union([...scheduleEvents])
export type ScheduleEvent = t.TypeOf<typeof ScheduleEvent>
export type ScheduleEventOf<T extends ScheduleEvent['type']> = Extract<ScheduleEvent, { readonly type: T }>
