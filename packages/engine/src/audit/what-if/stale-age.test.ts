// What-if varies the age at which a scheduled check is stale: what was found so comes later or earlier, and others are found that never were.
import { inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { archiveMade, evidence, evidenceOf, preflight, processIdentity, scribe, workOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Submission } from '../../submit/submission.js'
import { type WhatIf, whatIf } from './index.js'

const minuteMs = 60_000
const beginMs = Date.parse('2026-11-03T02:00:00.000Z')
const trigger = { kind: 'schedule', scheduleId: 'weekly', dueAt: '2026-11-03T02:05:00.000Z' } as const
type At = readonly [minute: number, command: Submission['command']]

const historyOf = (...said: ReadonlyArray<At>): ReadonlyArray<RecordedCommit> => {
  const ledger = scribe()
  return said.flatMap(([minute, command]) => {
    const written = ledger.write(beginMs + minute * minuteMs, { actor: 'system:test', command })
    return written === null ? [] : [written.commit]
  })
}

const host = (minute: number): ReadonlyArray<At> => [
  [minute, { type: 'StartOwner', host: 'host-a', software: 'test', rules: 1 }],
  [minute, { type: 'OpenDispatch' }],
]
const access = { location: '/backups/one', passphrase: null, executable: null }
const begun: ReadonlyArray<At> = [
  ...host(0),
  [0, { type: 'RegisterRepository', repositoryId: 'one', name: 'one', access, borgId: null, created: false }],
]
const run = (jobId: string, minute: number): ReadonlyArray<At> => [
  [minute, { type: 'PrepareRun', jobId, runId: `run_${jobId}`, preflight: preflight() }],
  [minute, { type: 'ReportSpawned', jobId, runId: `run_${jobId}`, process: processIdentity() }],
]
const backupFrom = (from: number): ReadonlyArray<At> => [
  [
    from,
    { type: 'RequestJob', jobId: 'backup', work: workOf('backup'), repositoryId: 'one', trigger: { kind: 'manual' }, onBusy: 'queue' },
  ],
  ...run('backup', from),
]
const made = evidence({ archive: archiveMade({ name: 'one-1' }) })
const backupEnds = (minute: number): At => [
  minute,
  { type: 'ReportRunEnded', jobId: 'backup', runId: 'run_backup', evidence: made, logBytes: 1 },
]
const checkAskedFor = (minute: number): At => [
  minute,
  { type: 'RequestJob', jobId: 'check', work: workOf('check'), repositoryId: 'one', trigger, onBusy: 'queue' },
]
const checkEnds = (minute: number): At => [
  minute,
  { type: 'ReportRunEnded', jobId: 'check', runId: 'run_check', evidence: evidenceOf('check'), logBytes: 1 },
]

/** Found stale at its sixteenth minute, behind a backup that takes forty. */
const waitedTooLong = historyOf(
  ...begun,
  ...backupFrom(1),
  checkAskedFor(5),
  [20.5, { type: 'ReviewCheck', jobId: 'check', traces: null }],
  backupEnds(41),
)

/** It waits for nine minutes, and runs for six. */
const waitedNine = historyOf(...begun, ...backupFrom(1), checkAskedFor(5), backupEnds(14), ...run('check', 14), checkEnds(20))

const ask = (commits: ReadonlyArray<RecordedCommit>, minutes: number): Promise<WhatIf> =>
  whatIf(inMemoryEventStore({ commits }), { settings: { staleCheckAfterMs: minutes * minuteMs } })
const told = async (commits: ReadonlyArray<RecordedCommit>, minutes: number): Promise<ReadonlyArray<string>> =>
  (await ask(commits, minutes)).differences.items.map(({ about, what }) => `${about}: ${what}`)

test('under the age that was in force all the time the history comes out event for event', async () => {
  for (const history of [waitedTooLong, waitedNine, foundGone]) assert.is((await ask(history, 15)).identical, true)
})

test('under a longer age a check that was found stale is found so later, or has started by then', async () => {
  assert.equal(await told(waitedTooLong, 30), [])
  assert.is((await ask(waitedTooLong, 30)).identical, false)
  assert.equal(await told(waitedTooLong, 60), ['check: cancelled instead of failed (stale-pending)', 'check: started, which it never did'])
})

test('under a shorter age one that nobody found stale is', async () => {
  const stale = 'check: failed (stale-pending) instead of completed with success'
  assert.equal(await told(waitedNine, 5), [stale, 'check: never started', 'check: its log is kept'])
  assert.equal((await told(waitedNine, 0))[0], stale)
  assert.equal((await told(waitedNine, 7.9))[0], stale)
})

test('one that waited for just so long is not', async () => {
  assert.is((await ask(waitedNine, 9)).identical, true)
})

/** Its process was gone when it was looked at. */
const foundGone = historyOf(
  ...begun,
  checkAskedFor(5),
  ...run('check', 5),
  [20.5, { type: 'ReviewCheck', jobId: 'check', traces: { report: 'none', liveness: 'gone' } }],
  [20.6, { type: 'ReportRunEnded', jobId: 'check', runId: 'run_check', evidence: { ...evidenceOf('check'), exit: null }, logBytes: null }],
  ...host(50),
)

test('one that was found without its process is found so later, with what it left, and never sooner', async () => {
  assert.is((await ask(foundGone, 5)).identical, true)
  const later = await ask(foundGone, 30)
  assert.equal([later.identical, later.differences.items], [false, []])
  assert.equal((await told(foundGone, 60))[0], 'check: running instead of failed (stale-running)')
})

/** The host dies, and the next one starts the check that still waits. */
const nobodyThere = historyOf(
  ...begun,
  ...backupFrom(1),
  checkAskedFor(5),
  [10, { type: 'ReportProgress', jobId: 'backup', runId: 'run_backup', progress: { percent: 50 } }],
  [60, { type: 'StartOwner', host: 'host-a', software: 'test', rules: 1 }],
  [60, { type: 'RecoverJob', jobId: 'backup', traces: { report: 'none', liveness: 'gone' } }],
  [60, { type: 'ReportRunEnded', jobId: 'backup', runId: 'run_backup', evidence: made, logBytes: 1 }],
  [60, { type: 'OpenDispatch' }],
  ...run('check', 60),
  checkEnds(65),
)

test('while there was no host nobody looked', async () => {
  for (const minutes of [15, 40]) assert.is((await ask(nobodyThere, minutes)).identical, true)
  assert.equal((await told(nobodyThere, 2))[0], 'check: failed (stale-pending) instead of completed with success')
})

test.run()
