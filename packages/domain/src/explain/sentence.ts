/** Any recorded event as a sentence. */
import type { DomainEvent } from '../event.js'
import type { Recorded } from '../recorded.js'
import type { Job } from '../views/index.js'
import { sayJobEvent } from './job.js'
import { sayScheduleEvent } from './schedule.js'
import { sayCallEvent, sayNotificationEvent, sayOtherEvent, sayRepositoryEvent, sayScriptEvent, sayTokenEvent } from './surroundings.js'

/** `job`: the record of the event's job up to it, where it is about one. */
export const sentenceOf = (recorded: Recorded<DomainEvent>, job: Job | undefined): string => {
  const { event } = recorded
  switch (event.type) {
    case 'RepositoryRegistered':
    case 'RepositoryIdentified':
    case 'RepositoryChanged':
    case 'RepositoryRemoved':
    case 'ArchivesListed':
      return sayRepositoryEvent({ ...recorded, event })
    case 'CallBegan':
    case 'CallEnded':
      return sayCallEvent({ ...recorded, event })
    case 'NotificationTargetAdded':
    case 'NotificationTargetChanged':
    case 'NotificationTargetRemoved':
    case 'NotificationQueued':
    case 'Delivered':
    case 'DeliveryFailed':
    case 'DeliveryDropped':
      return sayNotificationEvent({ ...recorded, event })
    case 'ScriptAdded':
    case 'ScriptChanged':
    case 'ScriptRemoved':
      return sayScriptEvent({ ...recorded, event })
    case 'TokenCreated':
    case 'TokenRevoked':
      return sayTokenEvent({ ...recorded, event })
    case 'ScheduleAdded':
    case 'ScheduleChanged':
    case 'ScheduleRemoved':
    case 'TickQueued':
    case 'TickFired':
    case 'TicksSkipped':
    case 'TickAttemptFailed':
    case 'TickFailed':
      return sayScheduleEvent({ ...recorded, event })
    case 'SettingsChanged':
    case 'OwnerStarted':
    case 'DispatchOpened':
    case 'DispatchClosed':
    case 'IdempotencyKeyUsed':
      return sayOtherEvent({ ...recorded, event })
    default:
      return sayJobEvent({ ...recorded, event }, job)
  }
}
