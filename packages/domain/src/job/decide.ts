/**
 * Job rules: may this job be asked for, run, heard from, stopped, deleted?
 *
 * Pure. Deciding a command again once its events are folded yields nothing, so a conflict may be retried.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { DomainEvent } from '../event.js'
import { recoverJob } from '../recovery/index.js'
import type { Refusal } from '../refusal.js'
import type { LedgerState } from '../state.js'
import { cancelJob } from './cancel.js'
import type { JobCommand, JobCommandOf } from './commands.js'
import { deleteJobEntry } from './delete-entry.js'
import { endRun } from './end-run.js'
import { prepareRun } from './prepare-run.js'
import { requestJob } from './request.js'
import type { JobState } from './state.js'

type Decision = E.Either<Refusal, ReadonlyArray<DomainEvent>>

/** Left: `JobNotFound` for every command about a job that is unknown; `EntryDeleted` for one whose entry is gone. */
export const decideJob = (command: JobCommand, state: LedgerState, at: string): Decision => {
  if (command.type === 'RequestJob') return requestJob(command, state)
  const job = state.jobs.get(command.jobId)
  if (job === undefined) return E.left({ tag: 'JobNotFound', jobId: command.jobId })
  if (job.deleted) return command.type === 'DeleteJobEntry' ? E.right([]) : E.left({ tag: 'EntryDeleted', jobId: job.jobId })
  return decideKnown(command, job, state, at)
}

const decideKnown = (
  command: Exclude<JobCommand, { readonly type: 'RequestJob' }>,
  job: JobState,
  state: LedgerState,
  at: string,
): Decision => {
  switch (command.type) {
    case 'PrepareRun':
      return E.right(prepareRun(command, job, at))
    case 'ReportSpawned': {
      const { jobId, runId, process } = command
      const news = job.run?.runId === runId && !job.run.spawned
      return E.right(news ? [{ type: 'RunSpawned', jobId, runId, process }] : late(command, job))
    }
    case 'ReportProgress': {
      const { jobId, runId, progress } = command
      return E.right(job.run?.runId === runId ? [{ type: 'ProgressRecorded', jobId, runId, progress }] : [])
    }
    case 'ReportSignal': {
      const { jobId, runId, rung } = command
      return E.right(job.run?.runId === runId ? [{ type: 'SignalSent', jobId, runId, rung }] : late(command, job))
    }
    case 'ReportRunEnded':
      return E.right(job.run?.runId === command.runId ? endRun(command, job, state, at) : late(command, job))
    case 'CancelJob':
      return cancelJob(command, job)
    case 'RecoverJob':
      return E.right(recoverJob(command.traces, job, state.settings))
    case 'DeleteJobEntry':
      return deleteJobEntry(job)
  }
}

/** A report that came after the job's end is kept as an observation; a repeated one about the run under way says nothing new. */
const late = (command: JobCommandOf<'ReportSpawned' | 'ReportSignal' | 'ReportRunEnded'>, job: JobState): ReadonlyArray<DomainEvent> => {
  if (job.status === 'pending' || job.status === 'running') return []
  return [{ type: 'LateReportObserved', jobId: job.jobId, runId: command.runId, report: command.type }]
}
