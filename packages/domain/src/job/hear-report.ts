/**
 * What a run's reports make of its job. A report may come twice, late, or about a run of before: what is known already says nothing new.
 */
import type { DomainEvent } from '../event.js'
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { endRun } from './end-run.js'
import type { JobEvent } from './events.js'
import { isTerminal } from './job-type.js'
import { heardKey, type JobState, type RunState } from './state.js'

type Report = JobCommandOf<'ReportSpawned' | 'ReportProgress' | 'ReportSignal' | 'ReportStall' | 'ReportRunEnded'>

export const hearReport = (report: Report, job: JobState, state: LedgerState, at: string): ReadonlyArray<DomainEvent> => {
  if (job.heard.includes(heardKey(report.runId, nameOf(report)))) return []
  if (job.run?.runId !== report.runId) return late(report, job)
  const { jobId, runId } = report
  switch (report.type) {
    case 'ReportSpawned':
      return [{ type: 'RunSpawned', jobId, runId, process: report.process }]
    case 'ReportProgress':
      return isSame(report.progress, job.run.progress) ? [] : [{ type: 'ProgressRecorded', jobId, runId, progress: report.progress }]
    case 'ReportSignal':
      return [{ type: 'SignalSent', jobId, runId, rung: report.rung }]
    case 'ReportStall':
      return stall(report, job.run)
    case 'ReportRunEnded':
      return endRun(report, job, job.run, state, at)
  }
}

const stall = ({ jobId, runId, since }: JobCommandOf<'ReportStall'>, { stalled }: RunState): ReadonlyArray<JobEvent> => {
  if (stalled === (since !== null)) return []
  return [since === null ? { type: 'RunResumed', jobId, runId } : { type: 'RunStalled', jobId, runId, since }]
}

/** After the job's end a report is kept as an observation, save of progress and standstill; before it, one about another run is of no use. */
const late = (report: Report, job: JobState): ReadonlyArray<DomainEvent> => {
  if (!isTerminal(job.status) || report.type === 'ReportProgress' || report.type === 'ReportStall') return []
  return [{ type: 'LateReportObserved', jobId: job.jobId, runId: report.runId, report: nameOf(report) }]
}

/** Each rung of a ladder is a report of its own. */
const nameOf = (report: Report): string => (report.type === 'ReportSignal' ? `${report.type} ${report.rung.rung}` : report.type)

const isSame = (a: object, b: object | null): boolean => JSON.stringify(a) === JSON.stringify(b)
