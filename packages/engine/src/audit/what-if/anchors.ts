/**
 * What a command of the past hung on. What people, clocks and hosts did stands at its instant; what became of a run, and what a log keeper
 * or a courier reported, came so long after the event that set it going, and moves with it.
 */
import { type Command, type DomainEvent, reactionTo } from '@borgledger/domain'

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
  /** How often each job was due to prepare a run; by that the preparations are told apart. */
  readonly preparations: Map<string, number>
  /** Jobs whose run is listened to only since it was found stale. */
  readonly stale: Set<string>
}

export const noDues = (): Dues => ({ preparations: new Map(), stale: new Set() })

/** Under which names commands may hang on the event. Counts a due preparation. */
export const anchorsOf = (event: DomainEvent, dues: Dues): ReadonlyArray<string> => {
  const reaction = reactionTo(event)
  const isDue = reaction?.tag === 'PrepareRun' || reaction?.tag === 'ResumeRun'
  const nth = isDue ? preparationsOf(reaction.jobId, dues) + 1 : 0
  if (isDue) dues.preparations.set(reaction.jobId, nth)
  const due = isDue ? [`prepare ${reaction.jobId} ${nth}`] : []
  switch (event.type) {
    case 'JobRequested':
      return [`request ${event.jobId}`]
    case 'JobRecovered':
      if (event.decision !== 'stale') return due
      dues.stale.add(event.jobId)
      return [`stale ${event.jobId}`]
    case 'RunPrepared':
      return [...due, `run ${event.runId}`]
    case 'JobStarted':
      return [...due, `start ${event.jobId}`]
    case 'JobCompleted':
    case 'JobFailed':
    case 'JobCancelled':
      return [...due, `end ${event.jobId}`]
    case 'LogRemovalDecided':
      return [...due, `log ${event.jobId}`]
    case 'NotificationQueued':
      return [...due, `delivery ${event.deliveryId} 1`]
    case 'DeliveryFailed':
      return [...due, `delivery ${event.deliveryId} ${event.attempt + 1}`]
    default:
      return due
  }
}

const preparationsOf = (jobId: string, { preparations }: Dues): number => preparations.get(jobId) ?? 0

/** What the command hangs on; null when it stands at its instant. */
export const anchorOf = (command: Command, dues: Dues): string | null => {
  switch (command.type) {
    case 'PrepareRun':
      return `prepare ${command.jobId} ${preparationsOf(command.jobId, dues)}`
    case 'ReportSpawned':
    case 'ReportProgress':
    case 'ReportSignal':
    case 'ReportStall':
    case 'ReportRunEnded':
      return dues.stale.has(command.jobId) ? `stale ${command.jobId}` : `run ${command.runId}`
    case 'ReviewCheck':
      return command.traces === null ? `request ${command.jobId}` : `start ${command.jobId}`
    case 'RecoverJob':
    case 'WatchJob':
    case 'ResolveJob':
      return `start ${command.jobId}`
    case 'ReportLogRemoved':
      return `log ${command.jobId}`
    case 'RemoveLog':
      return `end ${command.jobId}`
    case 'ReportDelivery':
      return `delivery ${command.deliveryId} ${command.attempt}`
    default:
      return null
  }
}
