/**
 * Listens to one run and reports what is heard. A telling that breaks off is taken up again; when that fails for good, the job is shown as
 * unattended: its process may live, and nobody can see it.
 */
import type { Command } from '@borgledger/domain'
import { type Observable, Subscription } from 'rxjs'
import type { Clock } from '../ports/clock.js'
import type { Runner, RunReport, RunRequest } from '../ports/runner.js'
import type { LiveProgress } from './live-progress.js'
import type { Reporter } from './reporter.js'

export interface Listening {
  readonly runner: Runner
  readonly reporter: Reporter
  readonly live: LiveProgress
  readonly clock: Clock
  /** Hears of a telling that broke off. */
  readonly onTrouble: (request: RunRequest, cause: unknown) => void
}

const followsMax = 5
const pauseMs = 1_000

export const listen = (deps: Listening, request: RunRequest, how: 'run' | 'follow', follows = 0): Subscription => {
  const life = new Subscription()
  const telling: Observable<RunReport> = how === 'run' ? deps.runner.run(request) : deps.runner.follow(request)
  life.add(
    telling.subscribe({
      next: (report) => hear(deps, request, report),
      error: (cause: unknown) => {
        deps.onTrouble(request, cause)
        if (follows >= followsMax) leave(deps, request)
        else life.add(later(deps, () => life.add(listen(deps, request, 'follow', follows + 1))))
      },
    }),
  )
  return life
}

const later = ({ clock }: Listening, then: () => void): Subscription => {
  const timer = clock.after(pauseMs, then)
  return new Subscription(() => timer.cancel())
}

const hear = (deps: Listening, request: RunRequest, report: RunReport): void => {
  const { jobId } = request
  if (report.tag === 'Progressed') deps.live.hear(jobId, report.progress)
  const command = commandOf(request, report)
  if (command !== null) void deps.reporter.report(jobId, command)
}

/** Null for what is only shown, not stored. */
const commandOf = ({ jobId, runId }: RunRequest, report: RunReport): Command | null => {
  switch (report.tag) {
    case 'Spawned':
      return { type: 'ReportSpawned', jobId, runId, process: report.process }
    case 'Progressed':
      return report.milestone ? { type: 'ReportProgress', jobId, runId, progress: report.progress } : null
    case 'Signalled':
      return { type: 'ReportSignal', jobId, runId, rung: report.rung }
    case 'Stalled':
      return { type: 'ReportStall', jobId, runId, since: report.since }
    case 'Ended':
      return { type: 'ReportRunEnded', jobId, runId, evidence: report.evidence, logBytes: report.logBytes }
  }
}

const leave = ({ reporter }: Listening, { jobId }: RunRequest): void => {
  void reporter.report(jobId, { type: 'RecoverJob', jobId, traces: { report: 'none', liveness: 'unknown' } })
}
