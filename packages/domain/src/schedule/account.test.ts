import {
  backupRunning,
  failedEvidence,
  type MemoryLedger,
  memoryLedger,
  ownerReady,
  reportRunEnded,
  repositoryRegistered,
  scheduleAdded,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fire, hourMs, outcomes, schedule, typesOf } from './fixtures/ticking.js'

const dayMs = 24 * hourMs
const nightly = (over: Parameters<typeof scheduleAdded>[1] = {}): MemoryLedger =>
  memoryLedger(ownerReady(), repositoryRegistered(), scheduleAdded('nightly', over))
const runningByHand = (ledger: MemoryLedger): void => {
  ledger.submit({ type: 'RunSchedule', scheduleId: 'nightly', jobId: 'job_1' })
}

test('of several missed instants the last one fires; the others are one range', () => {
  const ledger = nightly()
  ledger.wait(5 * dayMs)
  fire(ledger)
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z..2026-11-07T02:00:00.000Z missed ×4', '2026-11-08T02:00:00.000Z fired'])
})

test('under skip a missed instant fires not at all, and a punctual one does: up to a minute late', () => {
  const ledger = nightly({ missed: 'skip' })
  ledger.wait(3 * dayMs)
  fire(ledger)
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z..2026-11-06T02:00:00.000Z missed ×3'])
  const due = (lateMs: number): ReadonlyArray<string> => {
    const punctual = nightly({ missed: 'skip' })
    punctual.wait(dayMs - 13 * 60_000 + lateMs)
    fire(punctual)
    return outcomes(punctual)
  }
  assert.equal(due(60_000), ['2026-11-04T02:00:00.000Z fired'])
  assert.equal(due(60_001), ['2026-11-04T02:00:00.000Z missed'])
})

test('under all the last ten missed instants fire one after the other, each when the job before it is over', () => {
  const ledger = nightly({ missed: 'all', windowMs: 30 * dayMs })
  ledger.wait(12 * dayMs)
  fire(ledger)
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z..2026-11-05T02:00:00.000Z missed ×2', '2026-11-06T02:00:00.000Z fired'])
  for (let day = 7; day <= 15; day += 1) {
    ledger.submit({ type: 'PrepareRun', jobId: [...ledger.state().jobs.keys()][0] ?? '', runId: `run_${day}`, preflight: failing })
    assert.is(outcomes(ledger).at(-1), `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z fired`)
  }
  assert.is(schedule(ledger).open.length, 0)
})

const failing = { missingSources: ['/home'], passphraseProblem: null, executableProblem: null, destinationProblem: null }

test('under all and allow they fire at once, and left unsaid the window reaches back over ten of them', () => {
  const ledger = nightly({ missed: 'all', overlap: 'allow' })
  ledger.wait(12 * dayMs)
  fire(ledger)
  assert.is(outcomes(ledger).filter((outcome) => outcome.endsWith('fired')).length, 10)
})

test('what is found due after its window is skipped for that', () => {
  const ledger = nightly({ windowMs: hourMs })
  ledger.wait(dayMs - 13 * 60_000 + hourMs + 1)
  fire(ledger)
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z window'])
  const inTime = nightly({ windowMs: hourMs })
  inTime.wait(dayMs - 13 * 60_000 + hourMs)
  fire(inTime)
  assert.equal(outcomes(inTime), ['2026-11-04T02:00:00.000Z fired'])
})

test('while the previous job is not over an instant is skipped, waits, or fires, as the schedule says', () => {
  const met = (overlap: 'skip' | 'queue-one' | 'allow'): ReadonlyArray<string> => {
    const ledger = nightly({ overlap })
    runningByHand(ledger)
    ledger.wait(dayMs)
    return fire(ledger)
  }
  assert.equal(met('skip'), ['TicksSkipped'])
  assert.equal(met('queue-one'), ['TickQueued'])
  assert.equal(met('allow'), ['TickFired', 'JobRequested', 'JobHeldBack'])
})

test('an instant that waits for the previous job fires in the commit that ends it', () => {
  const ledger = nightly({ overlap: 'queue-one' })
  runningByHand(ledger)
  ledger.wait(dayMs)
  fire(ledger)
  assert.equal(schedule(ledger).open[0]?.waiting, { reason: 'overlap', jobs: ['job_1'] })
  const ended = typesOf(ledger.submit({ type: 'PrepareRun', jobId: 'job_1', runId: 'run_1', preflight: failing }))
  assert.equal(ended.slice(-4), ['JobFailed', 'TickFired', 'JobRequested', 'JobStarted'])
})

test('one waits at most: the next is skipped, and one that waited too long is over before the next is looked at', () => {
  const ledger = nightly({ overlap: 'queue-one', windowMs: 36 * hourMs })
  runningByHand(ledger)
  for (let day = 0; day < 2; day += 1) {
    ledger.wait(dayMs)
    fire(ledger)
  }
  assert.equal(outcomes(ledger), ['2026-11-05T02:00:00.000Z overlap'])
  ledger.wait(dayMs)
  fire(ledger)
  assert.equal(outcomes(ledger).slice(1), ['2026-11-04T02:00:00.000Z window'])
  assert.equal(
    schedule(ledger).open.map(({ dueAt }) => dueAt),
    ['2026-11-06T02:00:00.000Z'],
  )
})

const checks = (over: Parameters<typeof scheduleAdded>[1] = {}): MemoryLedger =>
  nightly({ job: { work: workOf('check'), repositoryId: 'laptop' }, ...over })

test('a check whose repository is in use is not made: its instant waits, says for whom, and fires when that is over', () => {
  const ledger = checks()
  ledger.record(...backupRunning('job_1'))
  ledger.wait(dayMs)
  assert.equal(fire(ledger), ['TickQueued'])
  assert.equal(schedule(ledger).open[0]?.waiting, { reason: 'repository-busy', jobs: ['job_1'] })
  assert.equal(fire(ledger), [])
  ledger.submit(reportRunEnded('job_1', { evidence: failedEvidence() }))
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z fired'])
  assert.is(ledger.state().jobs.get('job_nightly-20261104T020000Z')?.status, 'running')
})

test('with a limit of 0 an instant of a check waits, and is skipped when its window ends', () => {
  const ledger = checks()
  ledger.submit({ type: 'ChangeSettings', changes: { maxConcurrentScheduledChecks: 0 } })
  ledger.wait(dayMs)
  assert.equal(fire(ledger), ['TickQueued'])
  assert.equal(schedule(ledger).open[0]?.waiting, { reason: 'limit-reached', jobs: [] })
  ledger.wait(dayMs - 13 * 60_000 + 1)
  assert.equal(typesOf(ledger.submit({ type: 'TendSchedules' })), ['TicksSkipped'])
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z window'])
})

test('a job that cannot be made is tried again, ever less often, and fails with its window', () => {
  const ledger = nightly({ windowMs: 10 * 60_000 })
  ledger.submit({ type: 'RemoveRepository', repositoryId: 'laptop' })
  ledger.wait(dayMs - 13 * 60_000)
  assert.equal(fire(ledger), ['TickAttemptFailed'])
  const retries: string[] = []
  for (let minute = 1; minute <= 11; minute += 1) {
    ledger.wait(60_000)
    retries.push(...typesOf(ledger.submit({ type: 'TendSchedules' })).map((type) => `${minute} ${type}`))
  }
  assert.equal(retries, ['1 TickAttemptFailed', '3 TickAttemptFailed', '7 TickAttemptFailed', '10 TickFailed'])
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z failed repository-not-found'])
})

test('a job that can be made at last is made', () => {
  const ledger = nightly()
  ledger.submit({ type: 'RemoveRepository', repositoryId: 'laptop' })
  ledger.wait(dayMs)
  fire(ledger)
  ledger.record(repositoryRegistered())
  ledger.wait(60_000)
  assert.equal(typesOf(ledger.submit({ type: 'TendSchedules' })), ['TickFired', 'JobRequested', 'JobStarted'])
})

test('while no host starts jobs a check is not made, and nothing is tried', () => {
  const ledger = checks()
  ledger.submit({ type: 'CloseDispatch', reason: 'shutdown' })
  ledger.wait(dayMs)
  assert.equal(fire(ledger), ['TickQueued'])
  assert.equal(schedule(ledger).open[0]?.waiting, { reason: 'host-stopped', jobs: [] })
  assert.equal(typesOf(ledger.submit({ type: 'TendSchedules' })), [])
  assert.equal(typesOf(ledger.submit({ type: 'OpenDispatch' })), ['DispatchOpened', 'TickFired', 'JobRequested', 'JobStarted'])
})

test.run()
