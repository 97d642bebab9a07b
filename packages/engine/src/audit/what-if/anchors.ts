/**
 * What a command of the past hung on. What people, clocks and hosts did stands at its instant; what became of a run, and what a log keeper
 * or a courier reported, came so long after the event that set it going, and moves with it.
 */
import { type Command, type DomainEvent, reactionTo } from '@borgledger/domain'
import { type Column, column } from './column.js'
import type { Ids } from './ids.js'

export const anchorKinds = ['request', 'start', 'prepare', 'run', 'stale', 'end', 'log', 'delivery'] as const

/** That something happened to a job, a run or a delivery. */
export interface Anchor {
  readonly kind: (typeof anchorKinds)[number]
  readonly id: string
  /** Of preparations and attempts, from 1; 0 of what happens once. */
  readonly nth: number
}

/** Types of events that something hangs on. */
export const anchoring: ReadonlySet<string> = new Set([
  'JobRequested',
  'JobStarted',
  'StepFinished',
  'EndingDecided',
  'RunPrepared',
  'RunEnded',
  'JobRecovered',
  'JobCompleted',
  'JobFailed',
  'JobCancelled',
  'LogRemovalDecided',
  'NotificationQueued',
  'DeliveryFailed',
])

export interface Dues {
  readonly ids: Ids
  /** By the number of the job, how often it was due to prepare a run; by that the preparations are told apart. */
  readonly preparations: Column
  /** Jobs whose run is listened to only since it was found stale. */
  readonly stale: Set<string>
}

export const noDues = (ids: Ids): Dues => ({ ids, preparations: column(), stale: new Set() })

const anchor = (kind: Anchor['kind'], id: string, nth = 0): Anchor => ({ kind, id, nth })

/** What commands may hang on once the event has happened. Counts a due preparation. */
export const anchorsOf = (event: DomainEvent, dues: Dues): ReadonlyArray<Anchor> => {
  const reaction = reactionTo(event)
  const isDue = reaction?.tag === 'PrepareRun' || reaction?.tag === 'ResumeRun'
  const due = isDue ? [duePreparation(reaction.jobId, dues)] : []
  switch (event.type) {
    case 'JobRequested':
      return [anchor('request', event.jobId)]
    case 'JobRecovered':
      if (event.decision !== 'stale') return due
      dues.stale.add(event.jobId)
      return [anchor('stale', event.jobId)]
    case 'RunPrepared':
      return [...due, anchor('run', event.runId)]
    case 'JobStarted':
      return [...due, anchor('start', event.jobId)]
    case 'JobCompleted':
    case 'JobFailed':
    case 'JobCancelled':
      return [...due, anchor('end', event.jobId)]
    case 'LogRemovalDecided':
      return [...due, anchor('log', event.jobId)]
    case 'NotificationQueued':
      return [...due, anchor('delivery', event.deliveryId, 1)]
    case 'DeliveryFailed':
      return [...due, anchor('delivery', event.deliveryId, event.attempt + 1)]
    default:
      return due
  }
}

const duePreparation = (jobId: string, dues: Dues): Anchor => {
  const nth = preparationsOf(jobId, dues) + 1
  dues.preparations.set(dues.ids.numberOf(jobId), nth)
  return anchor('prepare', jobId, nth)
}

const preparationsOf = (jobId: string, { ids, preparations }: Dues): number => preparations.get(ids.numberOf(jobId)) ?? 0

/** What the command hangs on; null when it stands at its instant. */
export const anchorOf = (command: Command, dues: Dues): Anchor | null => {
  switch (command.type) {
    case 'PrepareRun':
      return anchor('prepare', command.jobId, preparationsOf(command.jobId, dues))
    case 'ReportSpawned':
    case 'ReportProgress':
    case 'ReportSignal':
    case 'ReportStall':
    case 'ReportRunEnded':
      return dues.stale.has(command.jobId) ? anchor('stale', command.jobId) : anchor('run', command.runId)
    case 'ReviewCheck':
      return anchor(command.traces === null ? 'request' : 'start', command.jobId)
    case 'RecoverJob':
    case 'WatchJob':
    case 'ResolveJob':
      return anchor('start', command.jobId)
    case 'ReportLogRemoved':
      return anchor('log', command.jobId)
    case 'RemoveLog':
      return anchor('end', command.jobId)
    case 'ReportDelivery':
      return anchor('delivery', command.deliveryId, command.attempt)
    default:
      return null
  }
}
