/** The runs of a history that is made up: begun, told of, stopped, and looked for by the host that comes after. */
import { type DomainEvent, type Recorded, type RunTraces, reactionTo } from '@borgledger/domain'
import type { Submission } from '@borgledger/engine'
import { endedAs, type HowEnded } from '../ends.js'
import { processIdentity } from '../samples.js'
import type { Chance } from './chance.js'
import type { Surroundings } from './happening.js'
import { waitFor } from './schedules.js'

const submit = ({ later }: Surroundings, atMs: number, command: Submission['command'], actor = 'system:runner'): void =>
  later(atMs, { do: 'submit', submission: { actor, command } })

/** What the engine would do about the event, and what people do. */
export const reactTo = (around: Surroundings, { event, at }: Recorded<DomainEvent>): void => {
  const { by, later, runs } = around
  const atMs = Date.parse(at)
  if (event.type === 'RunPrepared') runs.set(event.runId, { work: event.work, stopped: false })
  if (event.type === 'RunEnded') runs.delete(event.runId)
  people(around, event, atMs)
  const reaction = reactionTo(event)
  if (reaction?.tag === 'PrepareRun') later(atMs + reaction.afterMs + by.whole(5, 40), { do: 'prepare', jobId: reaction.jobId })
  if (reaction?.tag === 'StartRun') start(around, atMs, reaction.jobId, reaction.runId)
  if (reaction?.tag === 'StopRun' || (reaction?.tag === 'FollowRun' && reaction.stop)) stop(around, atMs, reaction.jobId)
}

const people = (around: Surroundings, event: DomainEvent, atMs: number): void => {
  const { by } = around
  const admin = 'user:admin'
  if (event.type === 'JobRecovered' && event.decision === 'leave') {
    const traces = { report: 'none', liveness: 'gone' } as const
    const resolve = { type: 'ResolveJob', jobId: event.jobId, state: 'failed', reason: 'looked at it', traces } as const
    submit(around, atMs + 3_600_000, resolve, admin)
  }
  if (event.type === 'ScheduleAdded') waitFor(around, event.scheduleId)
  if (event.type === 'TickQueued' || event.type === 'TickAttemptFailed') around.later(atMs + 300_000, { do: 'tend' })
  if (event.type === 'LogRemovalDecided') submit(around, atMs + 5, { type: 'ReportLogRemoved', jobId: event.jobId }, 'system:logs')
  if ((event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') && by.happens(0.05))
    submit(around, atMs + by.whole(60_000, 86_400_000), { type: 'DeleteJobEntry', jobId: event.jobId }, admin)
}

const start = (around: Surroundings, atMs: number, jobId: string, runId: string): void => {
  const { by, later } = around
  submit(around, atMs + by.whole(20, 200), { type: 'ReportSpawned', jobId, runId, process: processIdentity(by.whole(100, 32_000)) })
  const [lengthMs, reports] = [by.whole(10_000, 1_200_000), by.whole(0, 8)]
  for (let nth = 1; nth <= reports; nth++) {
    const progress = { percent: Math.floor((100 * nth) / (reports + 1)), files: 40 * nth, originalBytes: 1_000_000 * nth }
    submit(around, atMs + Math.floor((lengthMs * nth) / (reports + 1)) + 200, { type: 'ReportProgress', jobId, runId, progress })
  }
  later(atMs + lengthMs + 400, { do: 'end', jobId, runId, how: someEnd(by) })
}

const someEnd = (by: Chance): HowEnded =>
  by.happens(0.85) ? 'well' : by.oneOf<HowEnded>(['with-warnings', 'failed', 'failed', 'locked-out', 'name-taken', 'amiss'])

const stop = (around: Surroundings, atMs: number, jobId: string): void => {
  const runId = around.ledger.state().jobs.get(jobId)?.run?.runId
  const run = runId === undefined ? undefined : around.runs.get(runId)
  if (runId === undefined || run === undefined || run.stopped) return
  run.stopped = true
  const evidence = endedAs('stopped', run.work)
  submit(around, atMs + 10, { type: 'ReportSignal', jobId, runId, rung: { rung: 1, signal: 'SIGINT', target: 'process' } })
  submit(around, atMs + 2_000, { type: 'ReportRunEnded', jobId, runId, evidence, logBytes: around.by.whole(200, 9_000) })
}

/** What a host that has just started sees of a job's run. One that is gone is told of as far as the repository shows it. */
export const lookAt = (around: Surroundings, atMs: number, jobId: string, runId: string | undefined): RunTraces => {
  const { by, runs } = around
  const run = runId === undefined ? undefined : runs.get(runId)
  if (runId === undefined || run === undefined) return { report: 'never', liveness: 'gone' }
  const liveness = by.oneOf<RunTraces['liveness']>(['alive', 'alive', 'gone', 'unknown'])
  if (liveness === 'gone' && !run.stopped) {
    run.stopped = true
    const evidence = { ...endedAs(by.oneOf<HowEnded>(['gone-when-done', 'stopped']), run.work), exit: null }
    submit(around, atMs + 50, { type: 'ReportRunEnded', jobId, runId, evidence, logBytes: null })
  }
  return { report: 'none', liveness }
}
