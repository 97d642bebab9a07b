/**
 * What the world is to do when something happened: event on the left, reaction on the right.
 *
 * A reaction reports back by commands. Every one may be asked for twice: the run's id and the job's state keep it from happening twice.
 */
import type { DomainEvent, EventOf } from '../event.js'

export type Reaction =
  /** Look whether anything speaks against the next run of the job, then prepare it. */
  | { readonly tag: 'PrepareRun'; readonly jobId: string; readonly afterMs: number }
  | { readonly tag: 'StartRun'; readonly jobId: string; readonly runId: string }
  /** Listen to a run that an earlier owner started; stop it first when `stop`. */
  | { readonly tag: 'FollowRun'; readonly jobId: string; readonly stop: boolean }
  /** Start the post-script that was prepared, should it never have been, and listen to it; or prepare the next one. */
  | { readonly tag: 'ResumeRun'; readonly jobId: string }
  /** `force`: also a post-script. */
  | { readonly tag: 'StopRun'; readonly jobId: string; readonly force: boolean }

/** Null: nothing is to be done. */
export const reactionTo = (event: DomainEvent): Reaction | null => {
  switch (event.type) {
    case 'JobStarted':
      return { tag: 'PrepareRun', jobId: event.jobId, afterMs: 0 }
    case 'RunPrepared':
      return { tag: 'StartRun', jobId: event.jobId, runId: event.runId }
    case 'RunEnded':
      return event.retryAfterMs === null ? null : { tag: 'PrepareRun', jobId: event.jobId, afterMs: event.retryAfterMs }
    case 'StepFinished':
      // The next step, if there is one: a job that is over has none to prepare.
      return { tag: 'PrepareRun', jobId: event.jobId, afterMs: 0 }
    case 'EndingDecided':
      return { tag: 'PrepareRun', jobId: event.jobId, afterMs: 0 }
    case 'CancelRequested':
      return { tag: 'StopRun', jobId: event.jobId, force: event.force }
    case 'JobRecovered':
      return reactionToRecovery(event)
    default:
      return null
  }
}

const reactionToRecovery = ({ jobId, decision }: EventOf<'JobRecovered'>): Reaction | null => {
  switch (decision) {
    case 'leave':
      return null
    case 'resume':
      return { tag: 'ResumeRun', jobId }
    default:
      return { tag: 'FollowRun', jobId, stop: decision === 'stop' }
  }
}
