/** What happened to repositories, settings, hosts, targets and scripts, a sentence an event. */
import type { CallEvent } from '../call/index.js'
import type { IdempotencyEvent } from '../idempotency/index.js'
import type { NotificationEvent } from '../notification/index.js'
import type { OwnerEvent } from '../owner/index.js'
import type { Recorded } from '../recorded.js'
import type { RepositoryEvent } from '../repository/index.js'
import type { ScriptEvent } from '../script/index.js'
import type { SettingsEvent } from '../settings/index.js'
import type { TokenEvent } from '../token/index.js'
import { by, sayDuration, some, whoever } from './phrases.js'

export const sayRepositoryEvent = ({ event, actor }: Recorded<RepositoryEvent>): string => {
  switch (event.type) {
    case 'RepositoryRegistered':
      return `${whoever(actor)} registered the repository at ${event.access.location}${event.created ? ', which borg made for it' : ''}.`
    case 'RepositoryIdentified':
      return `Borg's own id of the repository was seen: ${event.borgId}.`
    case 'RepositoryChanged':
      return `${whoever(actor)} changed the repository: ${event.name}, at ${event.access.location}.`
    case 'RepositoryRemoved':
      return `${whoever(actor)} removed the repository from the ledger; its archives were left alone.`
    case 'ArchivesListed':
      return `Its archives were listed: ${event.added.length} new, ${event.removed.length} gone since the last time.`
  }
}

export const sayCallEvent = ({ event, actor }: Recorded<CallEvent>): string => {
  switch (event.type) {
    case 'CallBegan':
      return `A short call of borg began (${event.call.kind}), for ${by(actor)}.`
    case 'CallEnded':
      return `The call of borg is over: ${event.outcome}${event.error === null ? '' : `, ${event.error.message}`}.`
  }
}

export const sayNotificationEvent = ({ event }: Recorded<NotificationEvent>): string => {
  switch (event.type) {
    case 'NotificationTargetAdded':
      return `Target ${event.targetId} is told of ${some(event.occasions)} from here on.`
    case 'NotificationTargetChanged':
      return `Target ${event.targetId} was changed; it is told of ${some(event.occasions)}.`
    case 'NotificationTargetRemoved':
      return `Target ${event.targetId} is told nothing any more.`
    case 'NotificationQueued':
      return `Target ${event.targetId} is to be told of it (${event.notification}).`
    case 'Delivered':
      return `Target ${event.targetId} was told.`
    case 'DeliveryFailed':
      return `Target ${event.targetId} could not be told: ${event.error}. ${event.retryAfterMs === null ? 'That is given up.' : `It is tried again in ${sayDuration(event.retryAfterMs)}.`}`
    case 'DeliveryDropped':
      return `Target ${event.targetId} was removed before it was told.`
  }
}

export const sayScriptEvent = ({ event, actor }: Recorded<ScriptEvent>): string => {
  switch (event.type) {
    case 'ScriptAdded':
      return `${whoever(actor)} added the script ${event.name}.`
    case 'ScriptChanged':
      return `${whoever(actor)} changed the script ${event.name}.`
    case 'ScriptRemoved':
      return `${whoever(actor)} removed the script ${event.scriptId}.`
  }
}

export const sayTokenEvent = ({ event, actor }: Recorded<TokenEvent>): string => {
  switch (event.type) {
    case 'TokenCreated':
      return `${whoever(actor)} created the token ${event.name}, of role ${event.role}${event.expiresAt === null ? '' : `, until ${event.expiresAt}`}.`
    case 'TokenRevoked':
      return `${whoever(actor)} revoked the token ${event.tokenId}.`
  }
}

export const sayOtherEvent = ({ event, actor }: Recorded<SettingsEvent | OwnerEvent | IdempotencyEvent>): string => {
  switch (event.type) {
    case 'SettingsChanged':
      return `${whoever(actor)} changed settings: ${Object.entries(event.changes)
        .map(([name, value]) => `${name} to ${JSON.stringify(value)}`)
        .join(', ')}.`
    case 'OwnerStarted':
      return `A host started: ${event.host}, ${event.software}, rules of version ${event.rules}.`
    case 'DispatchOpened':
      return 'What was left behind is looked after, and somebody can watch over runs: jobs may start.'
    case 'DispatchClosed':
      return `No further job starts: ${event.reason}.`
    case 'IdempotencyKeyUsed':
      return `The request came with a key of its sender's, so that it cannot make a second ${event.madeId}.`
  }
}
