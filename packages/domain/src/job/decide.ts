/**
 * Job rules: may this job be asked for, run, heard from, stopped, deleted?
 *
 * Pure. Deciding a command again once its events are folded yields nothing, so a conflict may be retried.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { DomainEvent } from '../event.js'
import { recoverJob, reviewCheck, watchJob } from '../recovery/index.js'
import type { Refusal } from '../refusal.js'
import type { LedgerState } from '../state.js'
import { cancelJob } from './cancel.js'
import type { JobCommand } from './commands.js'
import { deleteJobEntry } from './delete-entry.js'
import { afterChildren } from './flow/after-child.js'
import { childStepOf } from './flow/maintenance.js'
import { hearReport } from './hear-report.js'
import { logIsGone, logsNotKept, removeLog } from './log-removal.js'
import { prepareRun } from './prepare-run.js'
import { requestJob } from './request.js'
import { resolveJob, unattendedOf } from './resolve.js'
import type { JobState } from './state.js'

type Decision = E.Either<Refusal, ReadonlyArray<DomainEvent>>

/** Left: `JobNotFound` for every command about a job that is unknown; `EntryDeleted` for one whose entry is gone. */
export const decideJob = (command: JobCommand, state: LedgerState, at: string): Decision => {
  if (command.type === 'RequestJob') return requestJob(command, state)
  const job = state.jobs.get(command.jobId)
  if (job === undefined) return E.left({ tag: 'JobNotFound', jobId: command.jobId })
  if (command.type === 'ReportLogRemoved') return E.right(logIsGone(job))
  if (job.deleted) return command.type === 'DeleteJobEntry' ? E.right([]) : E.left({ tag: 'EntryDeleted', jobId: job.jobId })
  return E.map((events: ReadonlyArray<DomainEvent>) => withWhatFollows(events, state))(decideKnown(command, job, state, at))
}

/** What comes of the events for parents, then for the logs of all that ended: one commit. */
const withWhatFollows = (events: ReadonlyArray<DomainEvent>, state: LedgerState): ReadonlyArray<DomainEvent> => {
  const whole = [...events, ...afterChildren(events, state)]
  return [...whole, ...logsNotKept(whole, state.settings.logSavePolicy)]
}

const decideKnown = (
  command: Exclude<JobCommand, { readonly type: 'RequestJob' | 'ReportLogRemoved' }>,
  job: JobState,
  state: LedgerState,
  at: string,
): Decision => {
  switch (command.type) {
    case 'PrepareRun':
      return E.right(prepareRun(command, job, state, at))
    case 'ReportSpawned':
    case 'ReportProgress':
    case 'ReportSignal':
    case 'ReportStall':
    case 'ReportRunEnded':
      return E.right(hearReport(command, job, state, at))
    case 'CancelJob':
      return cancelJob(command, job)
    case 'RecoverJob':
      // A backup that waits for its prune or compact has nothing of its own to be looked at.
      return E.right(childStepOf(job) === null ? recoverJob(command.traces, job, state.settings) : [])
    case 'WatchJob':
      return E.right(childStepOf(job) === null ? watchJob(command.traces, job, at) : [])
    case 'ReviewCheck':
      return E.right(reviewCheck(command.traces, job, at, state.settings))
    case 'DetachJob':
      return E.right(job.status === 'running' && !job.detached ? [{ type: 'JobDetached', jobId: job.jobId }] : [])
    case 'ResolveJob':
      return resolveJob(command, unattendedOf(job, state))
    case 'DeleteJobEntry':
      return deleteJobEntry(job)
    case 'RemoveLog':
      return E.right(removeLog(job, command.reason))
  }
}
