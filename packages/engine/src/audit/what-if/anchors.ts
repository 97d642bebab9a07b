/**
 * What a command of the past hung on. What people, clocks and hosts did stands at its instant; what became of a run, and what a log keeper
 * or a courier reported, came so long after the event that set it going, and moves with it.
 */
import { type Command, type DomainEvent, reactionTo } from '@borgledger/domain'

/** Types of events that something hangs on. */
export const anchoring: ReadonlySet<string> = new Set([
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

/** How often each job was due to prepare a run; by that the preparations are told apart. */
export type Dues = Map<string, number>

/** Under which names commands may hang on the event. Counts a due preparation. */
export const anchorsOf = (event: DomainEvent, dues: Dues): ReadonlyArray<string> => {
  const reaction = reactionTo(event)
  const isDue = reaction?.tag === 'PrepareRun' || reaction?.tag === 'ResumeRun'
  if (isDue) dues.set(reaction.jobId, (dues.get(reaction.jobId) ?? 0) + 1)
  const due = isDue ? [`prepare ${reaction.jobId} ${dues.get(reaction.jobId)}`] : []
  switch (event.type) {
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

/** What the command hangs on; null when it stands at its instant. */
export const anchorOf = (command: Command, dues: Dues): string | null => {
  switch (command.type) {
    case 'PrepareRun':
      return `prepare ${command.jobId} ${dues.get(command.jobId) ?? 0}`
    case 'ReportSpawned':
    case 'ReportProgress':
    case 'ReportSignal':
    case 'ReportStall':
    case 'ReportRunEnded':
      return `run ${command.runId}`
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
