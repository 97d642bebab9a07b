/**
 * The ledger as it was: settings, repositories, schedules, and who held which slot and which repository.
 *
 * Nothing reads the whole log: what is configured is folded from its own few events, and of the jobs only those that had not ended.
 */
import {
  type DomainEvent,
  type EventType,
  evolveAll,
  type HeldClaim,
  heldClaims,
  initialState,
  type JobState,
  type LedgerState,
  type Recorded,
  type Repository,
  type ScheduleDefinition,
  type Settings,
  type SlotClass,
} from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import { decodePage } from '../../feed/decode.js'
import { foldJobState } from '../../submit/reach.js'
import type { PastParts } from './jobs.js'
import { instantAt } from './position-at.js'
import { repositoriesAsOf } from './repositories.js'

export interface PastState {
  readonly position: Position
  /** When the event there was recorded; null before the first. */
  readonly at: string | null
  readonly settings: Settings
  /** The host that owned the ledger, and whether it started jobs. */
  readonly owner: { readonly host: string | null; readonly dispatching: boolean }
  readonly repositories: ReadonlyArray<Repository>
  readonly schedules: ReadonlyArray<{ readonly id: string; readonly definition: ScheduleDefinition }>
  /** Of each class, the jobs that held one of its slots. */
  readonly slots: ReadonlyArray<{ readonly slot: SlotClass; readonly jobs: ReadonlyArray<string> }>
  readonly claims: ReadonlyArray<HeldClaim>
  readonly running: ReadonlyArray<string>
  readonly pending: ReadonlyArray<string>
}

const configuration: ReadonlyArray<EventType> = [
  'RepositoryRegistered',
  'RepositoryIdentified',
  'RepositoryChanged',
  'RepositoryRemoved',
  'ScheduleAdded',
  'ScheduleChanged',
  'ScheduleRemoved',
  'SettingsChanged',
  'OwnerStarted',
  'DispatchOpened',
  'DispatchClosed',
  'CallBegan',
  'CallEnded',
]

export const stateAsOf = async (parts: PastParts, position: Position): Promise<PastState> => {
  const events = await configuring(parts, position)
  const jobs = await unfinished(parts, position)
  const state: LedgerState = { ...evolveAll(initialState, events), position, jobs }
  const { settings, owner, schedules } = state
  const byId = [...schedules.byId.values()].map(({ scheduleId, definition }) => ({ id: scheduleId, definition }))
  return {
    position,
    at: position === 0 ? null : await instantAt(parts.store, position),
    settings,
    owner: { host: owner.host, dispatching: owner.dispatching },
    repositories: await repositoriesAsOf(parts, position),
    schedules: byId.sort((a, b) => (a.id < b.id ? -1 : 1)),
    slots: slotsIn(jobs),
    claims: heldClaims(state),
    running: idsIn(jobs, 'running'),
    pending: idsIn(jobs, 'pending'),
  }
}

const configuring = async ({ store }: PastParts, upTo: Position): Promise<ReadonlyArray<Recorded<DomainEvent>>> => {
  const events: Recorded<DomainEvent>[] = []
  for await (const page of store.read([{ types: configuration }], { upTo })) events.push(...decodePage(page))
  return events
}

/** In the order in which they were asked for. */
const unfinished = async ({ store, readModels }: PastParts, position: Position): Promise<ReadonlyMap<string, JobState>> => {
  const jobs = new Map<string, JobState>()
  for (const jobId of await readModels.unfinishedAsOf(position)()) {
    const job = await foldJobState(store, jobId, position)
    if (job !== undefined) jobs.set(jobId, job)
  }
  return jobs
}

const idsIn = (jobs: ReadonlyMap<string, JobState>, status: JobState['status']): ReadonlyArray<string> =>
  [...jobs.values()].filter((job) => job.status === status).map(({ jobId }) => jobId)

const slotClasses: ReadonlyArray<SlotClass> = ['manual-backup', 'scheduled-backup', 'scheduled-check']

const slotsIn = (jobs: ReadonlyMap<string, JobState>): PastState['slots'] =>
  slotClasses.map((slot) => ({
    slot,
    jobs: [...jobs.values()].filter((job) => job.slot === slot && job.status === 'running').map(({ jobId }) => jobId),
  }))
