/** What became of a schedule's due instants, a sentence an event. */
import type { Recorded } from '../recorded.js'
import type { ScheduleEvent } from '../schedule/index.js'
import { some, whoever } from './phrases.js'
import { sayWork } from './work.js'

export const sayScheduleEvent = ({ event, actor }: Recorded<ScheduleEvent>): string => {
  switch (event.type) {
    case 'ScheduleAdded':
      return `${whoever(actor)} added the schedule: ${sayDefinition(event.definition)}.`
    case 'ScheduleChanged':
      return `${whoever(actor)} changed the schedule: ${sayDefinition(event.definition)}.`
    case 'ScheduleRemoved':
      return `${whoever(actor)} removed the schedule.`
    case 'TickQueued':
      return `${event.dueAt} is due and waits: ${waitWords[event.reason]}${event.jobs.length === 0 ? '' : ` (${some(event.jobs)})`}. It may fire until ${event.fireBy}.`
    case 'TickFired':
      return `${event.dueAt} fired and made ${event.madeJobId}.`
    case 'TicksSkipped':
      return `${sayRange(event)} skipped: ${skipWords[event.reason]}.`
    case 'TickAttemptFailed':
      return `The job of ${event.dueAt} could not be made (attempt ${event.attempt}), ${event.error.code}: ${event.error.message}. It is tried again at ${event.retryAt}.`
    case 'TickFailed':
      return `${event.dueAt} failed: its job could not be made within its time, ${event.error.code}: ${event.error.message}.`
  }
}

type Definition = Extract<ScheduleEvent, { readonly type: 'ScheduleAdded' }>['definition']
type Skipped = Extract<ScheduleEvent, { readonly type: 'TicksSkipped' }>

const sayDefinition = ({ cron, timeZone, enabled, job }: Definition): string => {
  const where = job.repositoryId === null ? '' : ` on repository ${job.repositoryId}`
  return `${sayWork(job.work)}${where}, due at "${cron}" in ${timeZone}${enabled ? '' : ', switched off'}`
}

const sayRange = ({ dueAt, until, count }: Skipped): string =>
  count === 1 ? `${dueAt} was` : `${count} due instants from ${dueAt} to ${until} were`

const waitWords: Readonly<Record<Extract<ScheduleEvent, { readonly type: 'TickQueued' }>['reason'], string>> = {
  overlap: 'the job of the instant before is not over',
  'limit-reached': 'as many scheduled jobs as may run at once are running',
  'repository-busy': 'its repository is in use',
  'host-stopped': 'the host starts no jobs just now',
}

const skipWords: Readonly<Record<Skipped['reason'], string>> = {
  overlap: 'the job of the instant before was not over',
  missed: 'no host looked at its time, or a newer one was due already',
  disabled: 'the schedule was switched off',
  window: 'it had waited for longer than it may',
}
