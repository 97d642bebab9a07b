/** Lets one thing after the other happen to a ledger whose history is made up. */
import { dueFacts, rulesVersion } from '@borgledger/domain'
import type { Submission } from '@borgledger/engine'
import type { RecordedCommit } from '@borgledger/eventstore'
import { endedAs } from '../ends.js'
import { preflight } from '../samples.js'
import type { Happening, Request, Surroundings } from './happening.js'
import { lookAt, reactTo } from './runs.js'
import { waitFor } from './schedules.js'

/** The commits that come of it; none when it is refused or changes nothing. */
export function* happen(around: Surroundings, atMs: number, happening: Happening): Generator<RecordedCommit> {
  const { by, runs } = around
  switch (happening.do) {
    case 'ask':
      return yield* ask(around, atMs, happening.request)
    case 'submit':
      return yield* submit(around, atMs, happening.submission)
    case 'own':
      return yield* own(around, atMs)
    case 'tune': {
      const changes = { maxConcurrentManualBackups: by.whole(3, 8), recovery: by.oneOf<'fail' | 'adopt'>(['fail', 'adopt']) }
      return yield* submit(around, atMs, { actor: 'user:admin', command: { type: 'ChangeSettings', changes } })
    }
    case 'fire':
      return yield* fire(around, atMs, happening.scheduleId)
    case 'tend':
      return yield* submit(around, atMs, { actor: 'system:scheduler', command: { type: 'TendSchedules' } })
    case 'prepare': {
      const seen = preflight(by.happens(0.01) ? { missingSources: ['/home'] } : {})
      const runId = `run_${String(around.ledger.state().position + 1)}`
      const command = { type: 'PrepareRun', jobId: happening.jobId, runId, preflight: seen } as const
      return yield* submit(around, atMs, { actor: 'system:runner', command })
    }
    case 'end': {
      const { jobId, runId, how } = happening
      const run = runs.get(runId)
      if (run === undefined || run.stopped) return
      const command = { type: 'ReportRunEnded', jobId, runId, evidence: endedAs(how, run.work), logBytes: by.whole(200, 90_000) } as const
      return yield* submit(around, atMs, { actor: 'system:runner', command })
    }
  }
}

function* submit(around: Surroundings, atMs: number, submission: Submission): Generator<RecordedCommit> {
  const written = around.ledger.write(atMs, submission)
  if (written === null) return
  for (const recorded of written.events) reactTo(around, recorded)
  yield written.commit
}

/** One in five under a key; a few are cancelled. */
function* ask(around: Surroundings, atMs: number, command: Request): Generator<RecordedCommit> {
  const { by, later } = around
  const { jobId } = command
  const key = by.happens(0.2) ? { key: { keyHash: `k-${jobId}`, fingerprint: `f-${jobId}`, madeId: jobId } } : {}
  yield* submit(around, atMs, { actor: by.oneOf(['user:anna', 'user:ben', 'user:admin']), command, ...key })
  const cancel = { type: 'CancelJob', jobId, reason: 'not needed', force: false } as const
  if (by.happens(0.04)) later(atMs + by.whole(1_000, 2_400_000), { do: 'submit', submission: { actor: 'user:admin', command: cancel } })
}

function* fire(around: Surroundings, atMs: number, scheduleId: string): Generator<RecordedCommit> {
  const schedule = around.ledger.state().schedules.byId.get(scheduleId)
  if (schedule === undefined) return
  const due = dueFacts(schedule, new Date(atMs).toISOString())
  yield* submit(around, atMs, { actor: 'system:scheduler', command: { type: 'FireDue', scheduleId, due } })
  waitFor(around, scheduleId)
}

function* own(around: Surroundings, atMs: number): Generator<RecordedCommit> {
  const actor = 'system:owner'
  yield* submit(around, atMs, { actor, command: { type: 'StartOwner', host: 'host-a', software: '0.1.0', rules: rulesVersion } })
  for (const { jobId, status, run } of [...around.ledger.state().jobs.values()]) {
    if (status !== 'running') continue
    const traces = lookAt(around, atMs, jobId, run?.runId)
    yield* submit(around, atMs, { actor, command: { type: 'RecoverJob', jobId, traces } })
  }
  yield* submit(around, atMs, { actor, command: { type: 'OpenDispatch' } })
}
