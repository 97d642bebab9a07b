/**
 * Carries what is in the outbox to its targets: one attempt at a time for each target, so that a slow one keeps no other waiting.
 *
 * Holds no truth. How an attempt went is reported like anything else; one that was not heard of before the host ended is made again by the
 * next: every delivery is attempted at least once, and a target knows it by its id.
 */
import * as E from 'fp-ts/lib/Either.js'
import { createReporter, type Reporter } from '../perform/reporter.js'
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import { type Attempting, attempt } from './attempt.js'
import { type Due, dueFor, nextInMs } from './due.js'

/** How long a target is let alone when the log refused the report of an attempt, which it should never do. */
const restMs = 60_000

export interface CourierDeps extends Pick<Attempting, 'store' | 'notifier'> {
  readonly submitter: Submitter
  readonly clock: Clock
}

export interface Courier {
  /** Takes up everything that waits in the outbox. What is queued from now on is taken up by itself. */
  readonly resume: () => void
  /** Begins no further attempt. Those under way get `graceMs`, and are then left to the next owner. */
  readonly close: (graceMs: number) => Promise<void>
}

/** The attempts of one target, one after the other. */
interface Lane {
  busy: boolean
  working: Promise<void>
  timer: { readonly cancel: () => void } | null
}

interface Round extends CourierDeps {
  readonly reporter: Reporter
  readonly lanes: Map<string, Lane>
  readonly stop: AbortController
  closed: boolean
}

export const createCourier = (deps: CourierDeps): Courier => {
  const reporter = createReporter({ ...deps, actor: 'system:notifier' })
  const round: Round = { ...deps, reporter, lanes: new Map(), stop: new AbortController(), closed: false }
  const hearing = deps.submitter.committed$.subscribe(({ event }) => {
    if (event.type === 'NotificationQueued' || event.type === 'NotificationTargetChanged') wake(round, event.targetId)
  })
  return {
    resume: () => {
      const waiting = [...deps.submitter.state().notifications.outbox.values()].map(({ targetId }) => targetId)
      for (const targetId of new Set(waiting)) wake(round, targetId)
    },
    close: async (graceMs) => {
      round.closed = true
      hearing.unsubscribe()
      const lanes = [...round.lanes.values()]
      for (const { timer } of lanes) timer?.cancel()
      const done = Promise.all(lanes.map(({ working }) => working))
      if (graceMs > 0) await within(graceMs, deps.clock, done)
      // What is heard of an attempt from here on is not recorded: the next owner makes it again.
      round.stop.abort()
      reporter.close()
      await done
    },
  }
}

const within = (ms: number, clock: Clock, done: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = clock.after(ms, resolve)
    void done.then(() => {
      timer.cancel()
      resolve()
    })
  })

const wake = (round: Round, targetId: string): void => {
  const lane = round.lanes.get(targetId) ?? { busy: false, working: Promise.resolve(), timer: null }
  if (lane.busy || round.closed) return
  lane.timer?.cancel()
  lane.busy = true
  round.lanes.set(targetId, lane)
  lane.working = work(round, targetId, lane)
}

/** Attempt after attempt until nothing is due; then a timer for what will be. */
const work = async (round: Round, targetId: string, lane: Lane): Promise<void> => {
  const look = (): Due | null => dueFor(round.submitter.state().notifications, targetId, round.clock.now())
  let heard = true
  for (let due = look(); due !== null && heard && !round.closed; due = look()) heard = await carry(round, due)
  lane.busy = false
  if (!round.closed) rest(round, targetId, lane, heard)
}

const rest = (round: Round, targetId: string, lane: Lane, heard: boolean): void => {
  const ms = heard ? nextInMs(round.submitter.state().notifications, targetId, round.clock.now()) : restMs
  if (ms === null) round.lanes.delete(targetId)
  else lane.timer = round.clock.after(ms, () => wake(round, targetId))
}

/** False when how it went was not taken into the log. */
const carry = async (round: Round, { delivery, target }: Due): Promise<boolean> => {
  const { deliveryId, targetId, attempts } = delivery
  const problem = await attempt({ ...round, state: round.submitter.state }, target, delivery, round.stop.signal)
  const report = { type: 'ReportDelivery', deliveryId, attempt: attempts + 1, problem } as const
  const reported = await round.reporter.report(targetId, report)
  return reported !== null && E.isRight(reported)
}
