/** One job as lines for a person: what it is, how it stands, and what was wrong with it. */
import type { Job } from 'borgledger'
import { sayProgress, sayState } from './say.js'

export const sayJob = (job: Job): ReadonlyArray<string> =>
  [
    ['job', job.id],
    ['type', job.type],
    ['state', sayState(job)],
    ['repository', job.repositoryId],
    ['asked by', `${job.requestedBy} at ${job.createdAt}`],
    ['started', job.startedAt],
    ['finished', job.finishedAt],
    ['progress', job.progress === null ? null : sayProgress(job.progress)],
    ['archive', job.archive],
    ['cancel', job.cancel === null ? null : `asked by ${job.cancel.requestedBy}: ${job.cancel.reason}`],
    ...job.steps.map((step) => ['step', `${step.name}: ${step.state}`] as const),
    ...job.warnings.map(({ code, message, count }) => ['warning', `${code}: ${message}${count > 1 ? ` (${count} times)` : ''}`] as const),
    ['log', sayLog(job)],
    ['error', job.error === null ? null : `${job.error.code}: ${job.error.message}`],
  ].flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [`${`${name}:`.padEnd(12)}${value}`]))

/** Null where there is nothing to say that the log does not say itself. */
const sayLog = ({ log }: Job): string | null => (log.removed === undefined ? null : `removed (${log.removed.reason}) at ${log.removed.at}`)

/** In one line, for the end of a command that waited for it. */
export const sayEnd = (job: Job): string => {
  const detail = job.error === null ? (job.archive ?? '') : `${job.error.code}: ${job.error.message}`
  return `${job.type} ${job.id} ${sayState(job)}${detail === '' ? '' : ` ${detail}`}`
}
