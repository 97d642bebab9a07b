/**
 * What every decision is made on: the unfinished jobs, the repositories, the schedules, the scripts, the tokens, the settings, the owner, the outbox,
 * the calls under way, what is known of each series, and which logs are to be removed.
 *
 * A fold of the log. A finished job leaves it; a decision about one (delete, late cancel) gets it folded from its own events.
 */

import { type Calls, evolveCalls, noCalls } from './call/state.js'
import type { DomainEvent } from './event.js'
import type { JobEvent } from './job/events.js'
import { isTerminal } from './job/job-type.js'
import { evolveLogsDue, type LogsDue } from './job/logs-due.js'
import { overtakenBy } from './job/overtaken.js'
import { type AllSeries, evolveSeries } from './job/series.js'
import { evolveJob, type JobState } from './job/state.js'
import { evolveNotifications, type NotificationState, noNotifications } from './notification/state.js'
import { evolveOwner, noOwner, type OwnerState } from './owner/state.js'
import type { Recorded } from './recorded.js'
import { evolveRepositories, type RepositoryState } from './repository/state.js'
import { evolveSchedules, noSchedules, type SchedulesState } from './schedule/state.js'
import { evolveScripts, type Scripts } from './script/state.js'
import { defaultSettings, type Settings } from './settings/events.js'
import { evolveSettings } from './settings/state.js'
import { evolveTokens, type Tokens } from './token/state.js'

export interface LedgerState {
  /** Position of the last event folded. */
  readonly position: number
  readonly owner: OwnerState
  readonly repositories: ReadonlyMap<string, RepositoryState>
  readonly scripts: Scripts
  readonly tokens: Tokens
  readonly schedules: SchedulesState
  readonly settings: Settings
  readonly notifications: NotificationState
  readonly jobs: ReadonlyMap<string, JobState>
  readonly calls: Calls
  /** By `repositoryId/series`. */
  readonly series: AllSeries
  /** The logs that are to be removed, and are still there. */
  readonly logsDue: LogsDue
}

export const initialState: LedgerState = {
  position: 0,
  owner: noOwner,
  repositories: new Map(),
  scripts: new Map(),
  tokens: new Map(),
  schedules: noSchedules,
  settings: defaultSettings,
  notifications: noNotifications,
  jobs: new Map(),
  calls: noCalls,
  series: new Map(),
  logsDue: new Map(),
}

/** Folds one recorded event. */
export const evolve = (state: LedgerState, recorded: Recorded<DomainEvent>): LedgerState => {
  const { event, position } = recorded
  switch (event.type) {
    case 'RepositoryRegistered':
    case 'RepositoryIdentified':
    case 'RepositoryChanged':
    case 'RepositoryRemoved':
    case 'ArchivesListed':
      return { ...state, position, repositories: evolveRepositories(state.repositories, event) }
    case 'NotificationTargetAdded':
    case 'NotificationTargetChanged':
    case 'NotificationTargetRemoved':
    case 'NotificationQueued':
    case 'Delivered':
    case 'DeliveryFailed':
    case 'DeliveryDropped':
      return { ...state, position, notifications: evolveNotifications(state.notifications, { ...recorded, event }) }
    case 'ScriptAdded':
    case 'ScriptChanged':
    case 'ScriptRemoved':
      return { ...state, position, scripts: evolveScripts(state.scripts, event) }
    case 'TokenCreated':
    case 'TokenRevoked':
      return { ...state, position, tokens: evolveTokens(state.tokens, { ...recorded, event }) }
    case 'ScheduleAdded':
    case 'ScheduleChanged':
    case 'ScheduleRemoved':
    case 'TickQueued':
    case 'TickFired':
    case 'TicksSkipped':
    case 'TickAttemptFailed':
    case 'TickFailed':
      return { ...state, position, schedules: evolveSchedules(state.schedules, { ...recorded, event }) }
    case 'SettingsChanged':
      return { ...state, position, settings: evolveSettings(state.settings, event) }
    case 'OwnerStarted':
      return { ...state, position, owner: evolveOwner(state.owner, event), jobs: underNewOwner(state.jobs), calls: noCalls }
    case 'DispatchOpened':
    case 'DispatchClosed':
      return { ...state, position, owner: evolveOwner(state.owner, event) }
    case 'CallBegan':
    case 'CallEnded':
      return { ...state, position, calls: evolveCalls(state.calls, event) }
    case 'IdempotencyKeyUsed':
      return { ...state, position }
    default:
      return foldJobEvent(state, { ...recorded, event })
  }
}

export const evolveAll = (state: LedgerState, events: Iterable<Recorded<DomainEvent>>): LedgerState => {
  let folded = state
  for (const recorded of events) folded = evolve(folded, recorded)
  return folded
}

const foldJobEvent = (state: LedgerState, recorded: Recorded<JobEvent>): LedgerState => {
  const { event, position } = recorded
  const logsDue = evolveLogsDue(state.logsDue, event)
  const before = state.jobs.get(event.jobId)
  const after = evolveJob(before, recorded)
  if (after === undefined || (after === before && !isTerminal(after.status))) return { ...state, position, logsDue }
  const jobs = new Map(event.type === 'JobStarted' ? overtakenBy(after, state.jobs) : state.jobs)
  if (isTerminal(after.status)) jobs.delete(after.jobId)
  else jobs.set(after.jobId, after)
  return { ...state, position, logsDue, jobs, series: evolveSeries(state.series, after, event) }
}

/** A new owner has met none of the jobs yet. */
const underNewOwner = (jobs: LedgerState['jobs']): LedgerState['jobs'] =>
  new Map([...jobs].map(([jobId, job]) => [jobId, { ...job, recoveredHere: false }]))

/** What undecided events would make of the state: they are given the positions that they would get. */
export const foresee = (
  state: LedgerState,
  events: ReadonlyArray<DomainEvent>,
  meta: { readonly at: string; readonly actor: string },
): LedgerState => {
  const { position } = state
  return evolveAll(
    state,
    events.map((event, index) => ({ event, position: position + index + 1, ...meta })),
  )
}
