/**
 * Does what the domain's reactions ask for, and reports what came of it as commands. Holds no truth: what it forgets is in the log.
 */
import { isTerminal, isToStop, type JobState, type Preflight, type Reaction, reactionTo, runWorkOf, stopLadderOf } from '@borgledger/domain'
import type { Subscription } from 'rxjs'
import type { Clock } from '../ports/clock.js'
import type { Ids } from '../ports/ids.js'
import type { Runner, RunRequest } from '../ports/runner.js'
import type { Submitter } from '../submit/submitter.js'
import { type Listening, listen } from './listen.js'
import type { LiveProgress } from './live-progress.js'
import type { Reporter } from './reporter.js'
import { runRequestOf } from './run-request.js'

export interface PerformerDeps extends Listening {
  readonly submitter: Submitter
  readonly runner: Runner
  readonly reporter: Reporter
  readonly clock: Clock
  readonly ids: Ids
  readonly live: LiveProgress
}

/** Hears every committed event from now on. Unsubscribe to stop reacting; runs under way go on. */
export const createPerformer = (deps: PerformerDeps): Subscription => {
  const subscription = deps.submitter.committed$.subscribe(({ event }) => {
    if (event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') deps.live.forget(event.jobId)
    const reaction = reactionTo(event)
    if (reaction !== null) perform(deps, reaction, subscription)
  })
  return subscription
}

const perform = (deps: PerformerDeps, reaction: Reaction, life: Subscription): void => {
  const job = deps.submitter.state().jobs.get(reaction.jobId)
  if (job === undefined || isTerminal(job.status)) return
  switch (reaction.tag) {
    case 'PrepareRun':
      later(deps, reaction.afterMs, life, () => void prepare(deps, reaction.jobId))
      break
    case 'StartRun':
      tell(deps, job, life, 'run')
      break
    case 'FollowRun':
      // Listening comes first: the rungs of the ladder are to be heard.
      tell(deps, job, life, 'follow')
      if (reaction.stop) stop(deps, job, false)
      break
    case 'ResumeRun':
      if (job.run === null) void prepare(deps, job.jobId)
      else tell(deps, job, life, 'run')
      break
    case 'StopRun':
      stop(deps, job, reaction.force)
      break
  }
}

const later = (deps: PerformerDeps, delayMs: number, life: Subscription, then: () => void): void => {
  if (delayMs === 0) {
    then()
    return
  }
  const timer = deps.clock.after(delayMs, then)
  life.add(() => timer.cancel())
}

const prepare = async (deps: PerformerDeps, jobId: string): Promise<void> => {
  const state = deps.submitter.state()
  const job = state.jobs.get(jobId)
  if (job === undefined) return
  const work = job.status === 'running' && job.run === null ? runWorkOf(job, state, deps.clock.now()) : null
  const request = work === null ? null : runRequestOf(job, state, '', work)
  if (request === null) return
  const preflight = await lookBefore(deps, request)
  await deps.reporter.report(jobId, { type: 'PrepareRun', jobId, runId: `run_${deps.ids.fresh()}`, preflight })
}

/** A look that fails speaks against the run: the job says so, rather than wait for ever. */
const lookBefore = async ({ runner }: PerformerDeps, request: RunRequest): Promise<Preflight> => {
  try {
    return await runner.preflight(request)()
  } catch (cause) {
    const executableProblem = `it could not be seen whether the run can begin: ${cause instanceof Error ? cause.message : String(cause)}`
    return { missingSources: [], passphraseProblem: null, destinationProblem: null, executableProblem }
  }
}

const tell = (deps: PerformerDeps, job: JobState, life: Subscription, how: 'run' | 'follow'): void => {
  const request = job.run === null ? null : runRequestOf(job, deps.submitter.state(), job.run.runId, job.run.work)
  if (request !== null) life.add(listen(deps, request, how))
}

const stop = (deps: PerformerDeps, job: JobState, force: boolean): void => {
  if (job.run !== null && isToStop(job, force)) deps.runner.stop(job.run.runId, stopLadderOf(job.run.work.kind))
}
