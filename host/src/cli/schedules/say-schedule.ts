/** A schedule, and what became of one of its due instants, as lines for a person. */
import type { Schedule, Tick } from 'borgledger'

export const saySchedule = (schedule: Schedule): ReadonlyArray<string> =>
  [
    ['schedule', schedule.id],
    ['name', schedule.name],
    ['due', `${schedule.cron} in ${schedule.timeZone}`],
    ['next', schedule.enabled ? (schedule.nextDueAt ?? 'never') : 'disabled'],
    ['last', schedule.lastTick === null ? 'nothing came due yet' : sayTick(schedule.lastTick)],
    ['job', JSON.stringify(schedule.job)],
    ['overlap', schedule.overlap],
    ['missed', schedule.missed],
    ['window', schedule.windowMs === null ? 'until the next is due' : `${schedule.windowMs} ms`],
  ].map(([name, value]) => `${`${name}:`.padEnd(10)}${value}`)

/** `2026-11-04T02:00:00.000Z fired job_…`. */
export const sayTick = ({ dueAt, until, count, outcome, reason, jobId, jobs, error }: Tick): string => {
  const when = until === undefined ? dueAt : `${dueAt} to ${until} (${count})`
  const detail = [jobId, reason, jobs?.join(', '), error?.message].filter((part) => part !== undefined && part !== '').join(': ')
  return `${when} ${outcome}${detail === '' ? '' : ` ${detail}`}`
}
