/**
 * Why: the events that answer a question, each as a sentence.
 */
import { type DomainEvent, type EventType, type Explained, explainer, type Recorded } from '@borgledger/domain'
import type { EventQuery, EventStore, Tag } from '@borgledger/eventstore'
import { decodePage } from '../feed/decode.js'

type Log = Pick<EventStore, 'read'>

async function* eventsOf(store: Log, query: EventQuery): AsyncGenerator<Recorded<DomainEvent>> {
  for await (const page of store.read(query)) yield* decodePage(page)
}

const ofDispatch: ReadonlyArray<EventType> = ['OwnerStarted', 'DispatchOpened', 'DispatchClosed']

/**
 * Why it waited and for whom, why it ended so, who asked for what; with its children's events, and who was told. While it waited, also why no
 * job was started at all. Empty: there was no such job.
 */
export const explainJob = async (store: Log, jobId: string): Promise<ReadonlyArray<Explained>> => {
  const explain = explainer(jobId)
  const items: Explained[] = []
  let [closed, waits]: [Explained | null, boolean] = [null, false]
  for await (const recorded of eventsOf(store, [{ tags: [`job:${jobId}`] }, { types: ofDispatch, tags: ['owner:all'] }])) {
    const { event } = recorded
    const item = explain(recorded)
    const isOfDispatch = ofDispatch.includes(event.type)
    const own = 'jobId' in event && event.jobId === jobId ? event.type : null
    if (isOfDispatch) closed = event.type === 'DispatchOpened' ? null : item
    if (own === 'JobRequested' && closed !== null) items.push(closed)
    if (own !== null) waits = own === 'JobRequested' || own === 'JobHeldBack'
    if (waits || !isOfDispatch) items.push(item)
  }
  return items
}

/** Why a due instant of a schedule fired or not, and what became of the job that it made. Empty: the ledger knows of no such instant. */
export const explainInstant = async (store: Log, scheduleId: string, dueAt: string): Promise<ReadonlyArray<Explained>> => {
  const explain = explainer(null)
  let [definition, items]: [Explained | null, Explained[]] = [null, []]
  const made = new Set<string>()
  for await (const recorded of eventsOf(store, [{ tags: [`schedule:${scheduleId}`] }])) {
    const { event } = recorded
    if (event.type === 'JobRequested' && event.trigger.kind === 'schedule' && event.trigger.dueAt === dueAt) made.add(event.jobId)
    const isDefinition = event.type === 'ScheduleAdded' || event.type === 'ScheduleChanged'
    if (isDefinition && items.length === 0) definition = explain(recorded)
    else if (isAbout(event, dueAt) || ('jobId' in event && made.has(event.jobId) && isTelling(event.type)))
      items = [...items, explain(recorded)]
  }
  return items.length === 0 || definition === null ? items : [definition, ...items]
}

const isAbout = (event: DomainEvent, dueAt: string): boolean => {
  switch (event.type) {
    case 'TickQueued':
    case 'TickFired':
    case 'TickAttemptFailed':
    case 'TickFailed':
      return event.dueAt === dueAt
    case 'TicksSkipped':
      return event.dueAt <= dueAt && dueAt <= event.until
    default:
      return false
  }
}

/** Of a job that is not what it is all about: how it came, waited, ran and ended. */
const telling: ReadonlyArray<EventType> = [
  'JobRequested',
  'JobHeldBack',
  'JobStarted',
  'JobRecovered',
  'CancelRequested',
  'JobCompleted',
  'JobFailed',
  'JobCancelled',
  'JobEntryDeleted',
]
const isTelling = (type: EventType): boolean => telling.includes(type)

const ofRepository: ReadonlyArray<EventType> = [
  'RepositoryRegistered',
  'RepositoryIdentified',
  'RepositoryChanged',
  'RepositoryRemoved',
  ...telling,
]
const ofInstants: ReadonlyArray<EventType> = ['TickQueued', 'TicksSkipped', 'TickAttemptFailed', 'TickFailed']

export interface RepositoryExplained {
  /** How the backups of that time went, in one sentence. */
  readonly summary: string
  readonly items: ReadonlyArray<Explained>
}

/** What happened to a repository from one instant to another (exclusive): its jobs, and the due instants of its schedules that made none. */
export const explainRepository = async (store: Log, repositoryId: string, from: string, to: string): Promise<RepositoryExplained> => {
  const schedules = await schedulesOf(store, repositoryId)
  const explain = explainer(null)
  const [items, backups, ends]: [Explained[], Set<string>, string[]] = [[], new Set(), []]
  const query = [
    { types: ofRepository, tags: [`repository:${repositoryId}` satisfies Tag] },
    ...schedules.map((id) => ({ types: ofInstants, tags: [`schedule:${id}` satisfies Tag] })),
  ]
  for await (const recorded of eventsOf(store, query)) {
    const { event, at } = recorded
    const item = explain(recorded)
    if (event.type === 'JobRequested' && event.work.type === 'backup') backups.add(event.jobId)
    if (at < from || at >= to) continue
    items.push(item)
    if (!('jobId' in event) || !backups.has(event.jobId)) continue
    if (event.type === 'JobCompleted') ends.push(`${event.jobId} completed with ${event.outcome}`)
    if (event.type === 'JobFailed') ends.push(`${event.jobId} failed (${event.error.code})`)
    if (event.type === 'JobCancelled') ends.push(`${event.jobId} was cancelled`)
  }
  const summary = ends.length === 0 ? 'no backup of it ended' : `of its backups, ${ends.join(', ')}`
  return { summary: `From ${from} to ${to}, ${summary}.`, items }
}

const schedulesOf = async (store: Log, repositoryId: string): Promise<ReadonlyArray<string>> => {
  const ids = new Set<string>()
  for await (const { event } of eventsOf(store, [{ types: ['ScheduleAdded', 'ScheduleChanged'] satisfies EventType[] }]))
    if ((event.type === 'ScheduleAdded' || event.type === 'ScheduleChanged') && event.definition.job.repositoryId === repositoryId)
      ids.add(event.scheduleId)
  return [...ids]
}
