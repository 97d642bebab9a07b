/**
 * Schedules in a world whose clock is virtual: the rules decide as ever, and the scheduler is the real one. Jobs take minutes and then fail for
 * want of a passphrase, which is one command.
 */
import { type Command, type DomainEvent, dueFacts, type LedgerState, type Recorded, type ScheduleDefinition } from '@borgledger/domain'
import { type Scheduler, startScheduler } from '@borgledger/engine'
import { ownerReady, preflight, repositoryRegistered, type VirtualClock, virtualClock } from '@borgledger/testkit'
import { type RulesAlone, rulesAlone } from './rules-alone.js'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

export interface World {
  readonly clock: VirtualClock
  readonly submit: (command: Command) => void
  readonly state: () => LedgerState
  /** Of schedules and their due instants. */
  readonly history: ReadonlyArray<Recorded<DomainEvent>>
  readonly jobsMade: () => number
  /** Time passes, with a host that looks, or with none. */
  readonly pass: (ms: number) => Promise<void>
  readonly stopHost: () => Promise<void>
  readonly startHost: () => Promise<void>
  readonly change: (scheduleId: string, over: Partial<ScheduleDefinition>) => void
}

/** `random` gives numbers from 0 to 1: how long jobs take. */
export const world = (start: string, repositoryIds: ReadonlyArray<string>, random: () => number): World => {
  const clock = virtualClock(start)
  const rules = rulesAlone(clock, [...ownerReady(), ...repositoryIds.map((id) => repositoryRegistered(id))])
  const { decide, state } = rules
  let scheduler: Scheduler | null = null
  return {
    clock,
    submit: decide,
    state,
    ...watched(rules, clock, random),
    pass: async (ms) => {
      for (let leftMs = ms; leftMs > 0; ) {
        const nextMs = Date.parse(clock.waiting()[0] ?? clock.now()) - Date.parse(clock.now())
        const stepMs = scheduler === null ? leftMs : Math.min(leftMs, Math.max(nextMs, 1))
        clock.advance(stepMs)
        leftMs -= stepMs
        await scheduler?.look()
      }
    },
    stopHost: async () => {
      await scheduler?.close()
      scheduler = null
      decide({ type: 'CloseDispatch', reason: 'shutdown' })
    },
    startHost: async () => {
      decide({ type: 'StartOwner', host: 'host-b', software: 'simulation', rules: 1 })
      decide({ type: 'OpenDispatch' })
      scheduler = startScheduler({ submitter: rules, clock, runner: everAlive, onScheduleTrouble: fail })
      await scheduler.look()
    },
    change: (scheduleId, over) => {
      const schedule = state().schedules.byId.get(scheduleId)
      if (schedule === undefined) return
      const definition = { ...schedule.definition, ...over }
      decide({ type: 'ChangeSchedule', scheduleId, definition, due: dueFacts(schedule, clock.now()) })
    },
  }
}

const everAlive = { inspect: () => async () => ({ report: 'none', liveness: 'alive' }) as const }
const fail = (_: string, cause: unknown): never => {
  throw cause
}

/** Keeps what happens to schedules, ends jobs after their time, and throws when a job is made twice. */
const watched = ({ committed$, decide }: RulesAlone, clock: VirtualClock, random: () => number): Pick<World, 'history' | 'jobsMade'> => {
  const history: Recorded<DomainEvent>[] = []
  const made = new Set<string>()
  const end = (jobId: string): void => {
    const seen = preflight({ passphraseProblem: 'this is a simulation' })
    decide({ type: 'PrepareRun', jobId, runId: `run_${jobId}`, preflight: seen })
  }
  committed$.subscribe((recorded) => {
    const { event } = recorded
    if ('scheduleId' in event) history.push(recorded)
    if (event.type === 'JobRequested' && made.size === made.add(event.jobId).size) throw new Error(`${event.jobId} was made twice`)
    if (event.type === 'JobStarted') clock.after(60_000 + random() * 40 * 60_000, () => end(event.jobId))
  })
  return { history, jobsMade: () => made.size }
}
