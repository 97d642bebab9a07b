/**
 * Brings what the runner saw into the log: in order, one at a time for each job, and again until it is there.
 *
 * A full or locked log delays a report; it never loses one, for the run's own files keep what was seen. Only a milestone of progress is let go:
 * the next one says more, and meanwhile it would stand in the way of the run's end.
 */
import type { Command } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from '../ports/clock.js'
import type { Submission, SubmitError, Submitted } from '../submit/submission.js'
import type { Submitter } from '../submit/submitter.js'

const firstPauseMs = 250
const pauseMsMax = 10_000

export interface Reporter {
  /** Resolves with the answer of the log, or null when the reporter was closed before there was one. */
  readonly report: (
    jobId: string,
    command: Command,
    from?: Pick<Submission, 'causationId' | 'correlationId'>,
  ) => Promise<E.Either<SubmitError, Submitted> | null>
  /** Reports that wait for the log, over all jobs. */
  readonly waiting: () => number
  readonly close: () => void
}

export const createReporter = (deps: { submitter: Submitter; clock: Clock; actor: string }): Reporter => {
  const { submitter, clock, actor } = deps
  const lanes = new Map<string, Promise<unknown>>()
  let waiting = 0
  let wakeAll = new Set<() => void>()
  let closed = false

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.after(ms, done)
      function done(): void {
        timer.cancel()
        wakeAll.delete(done)
        resolve()
      }
      wakeAll.add(done)
    })

  const insist = async (submission: Submission): Promise<E.Either<SubmitError, Submitted> | null> => {
    for (let pauseMs = firstPauseMs; !closed; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
      const submitted = await submitter.submit(submission)()
      if (E.isRight(submitted) || submitted.left.tag === 'Refused' || submitted.left.error.tag === 'InvalidCommit') return submitted
      if (submission.command.type === 'ReportProgress') return submitted
      await pause(pauseMs)
    }
    return null
  }

  return {
    report: (jobId, command, from = {}) => {
      waiting += 1
      const before = lanes.get(jobId) ?? Promise.resolve()
      const mine = before
        .then(() => insist({ command, actor, ...from }))
        .finally(() => {
          waiting -= 1
          if (lanes.get(jobId) === mine) lanes.delete(jobId)
        })
      lanes.set(jobId, mine)
      return mine
    },
    waiting: () => waiting,
    close: () => {
      closed = true
      const all = wakeAll
      wakeAll = new Set()
      for (const wake of all) wake()
    },
  }
}
