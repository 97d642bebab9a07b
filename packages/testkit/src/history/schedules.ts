/** The schedules of a history that is made up: a backup every night and a check every few hours, of some of the repositories. */
import { nextDue, type ScheduleDefinition } from '@borgledger/domain'
import type { Submission } from '@borgledger/engine'
import type { Surroundings } from './happening.js'

/** Puts down when the schedule is due next. */
export const waitFor = ({ ledger, later, isOver }: Surroundings, scheduleId: string): void => {
  const schedule = ledger.state().schedules.byId.get(scheduleId)
  const dueAt = schedule === undefined || isOver() ? null : nextDue(schedule)
  if (dueAt !== null) later(Date.parse(dueAt) + 20, { do: 'fire', scheduleId })
}

/** Two for every fifth repository, at times of their own. */
export const schedulesOf = (repositoryIds: ReadonlyArray<string>): ReadonlyArray<Submission> =>
  repositoryIds.flatMap((repositoryId, index) => {
    if (index % 5 !== 0) return []
    const times = { timeZone: 'Europe/Berlin', enabled: true, overlap: 'skip', missed: 'once', windowMs: null } as const
    const nightly: ScheduleDefinition = {
      ...times,
      name: `nightly ${repositoryId}`,
      cron: `${index % 60} 2 * * *`,
      job: { work: { type: 'backup', spec: { sources: ['/home'] } }, repositoryId },
    }
    const checks: ScheduleDefinition = {
      ...times,
      name: `checks ${repositoryId}`,
      cron: `${(index + 7) % 60} */4 * * *`,
      job: { work: { type: 'check', spec: { mode: 'repository' } }, repositoryId },
    }
    return [adding(`nightly-${index}`, nightly), adding(`checks-${index}`, checks)]
  })

const adding = (scheduleId: string, definition: ScheduleDefinition): Submission => ({
  actor: 'user:admin',
  command: { type: 'AddSchedule', scheduleId, definition },
})
