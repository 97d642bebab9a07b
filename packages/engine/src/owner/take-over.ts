/**
 * What a new owner does before anything is started: it records its start, looks at every job that still runs, takes in the reports that
 * were left, lets the cleanup rule decide, and only then opens the gate.
 */
import { type Command, type JobState, rulesVersion } from '@borgledger/domain'
import type { AppendError } from '@borgledger/eventstore'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Reporter } from '../perform/reporter.js'
import type { Clock } from '../ports/clock.js'
import type { Runner } from '../ports/runner.js'
import type { Submitter } from '../submit/submitter.js'
import type { Gate } from './gate.js'
import { lookAt } from './look-at.js'
import { storeErrorOf } from './store-error.js'
import { waitUntil } from './wait-until.js'

/** How long the ends of runs that left a report, or are gone, are waited for before jobs may start; they hold their claims in any case. */
const settleMsMax = 15_000
const actor = 'system:owner'

export interface TakeOver {
  readonly submitter: Submitter
  readonly reporter: Reporter
  readonly runner: Runner
  readonly clock: Clock
  readonly gate: Gate
  readonly host: string
  readonly software: string
}

/** Left: the log cannot be written, and why; nothing was started. */
export const takeOver = (deps: TakeOver): TE.TaskEither<AppendError, void> => {
  const { host, software } = deps
  return async () => {
    const started = await record(deps, { type: 'StartOwner', host, software, rules: rulesVersion })()
    if (started._tag === 'Left') return started
    await cleanUp(deps)
    return deps.gate.open()
  }
}

const record = ({ submitter }: TakeOver, command: Command): TE.TaskEither<AppendError, void> => {
  const submitted = submitter.submit({ command, actor })
  return TE.mapBoth(storeErrorOf, () => undefined)(submitted)
}

const cleanUp = async (deps: TakeOver): Promise<void> => {
  const left = [...deps.submitter.state().jobs.values()].filter((job) => job.status === 'running')
  await Promise.all(
    left.map(async (job) => {
      const traces = await lookAt(deps.runner, job.run)
      await deps.reporter.report(job.jobId, { type: 'RecoverJob', jobId: job.jobId, traces })
      if (job.run !== null && (traces.report === 'ended' || traces.liveness === 'gone')) {
        const isOver = (): boolean => isSettled(job, deps.submitter.state().jobs.get(job.jobId)) || deps.gate.trouble() !== null
        await waitUntil(deps, isOver, settleMsMax)
      }
    }),
  )
}

/** The run that was found is over, though its job may have another step; or nobody is going to hear of it. */
const isSettled = (found: JobState, now: JobState | undefined): boolean =>
  now === undefined || now.recovery === 'leave' || now.run?.runId !== found.run?.runId
