import { inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { archiveMade, evidence, generatedHistory, looseLog, preflight, processIdentity, scribe, workOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Submission } from '../../submit/submission.js'
import { type WhatIf, whatIf } from './index.js'

const history = [...generatedHistory({ jobs: 200, seed: 20_261_103, repositories: 5 })]
const beginMs = Date.parse('2026-11-03T02:00:00.000Z')
const minutes = 60_000

/** Backups of two repositories, asked for at once; each runs ten minutes. `reports`: after how many minutes the second was seen to end. */
const twoBackups = (...before: ReadonlyArray<Submission['command']>): ReadonlyArray<RecordedCommit> => {
  const ledger = scribe()
  const commits: RecordedCommit[] = []
  const at = (minute: number, command: Submission['command']): void => {
    const written = ledger.write(beginMs + minute * minutes, { actor: 'user:anna', command })
    if (written !== null) commits.push(written.commit)
  }
  at(0, { type: 'StartOwner', host: 'host-a', software: 'test', rules: 1 })
  at(0, { type: 'OpenDispatch' })
  for (const command of before) at(0, command)
  for (const repositoryId of ['one', 'two']) {
    const access = { location: `/backups/${repositoryId}`, passphrase: null, executable: null }
    at(0, { type: 'RegisterRepository', repositoryId, name: repositoryId, access, borgId: null, created: false })
  }
  for (const name of ['one', 'two'])
    at(1, { type: 'RequestJob', jobId: name, work: workOf('backup'), repositoryId: name, trigger: { kind: 'manual' }, onBusy: 'queue' })
  for (const [name, minute] of [
    ['one', 1],
    ['two', 11],
  ] as const) {
    at(minute, { type: 'PrepareRun', jobId: name, runId: `run_${name}`, preflight: preflight() })
    at(minute, { type: 'ReportSpawned', jobId: name, runId: `run_${name}`, process: processIdentity() })
    const made = evidence({ archive: archiveMade({ name: `${name}-1` }) })
    at(minute + 10, { type: 'ReportRunEnded', jobId: name, runId: `run_${name}`, evidence: made, logBytes: 100 })
  }
  return commits
}
const ask = (commits: ReadonlyArray<RecordedCommit>, change: Parameters<typeof whatIf>[1]): Promise<WhatIf> =>
  whatIf(inMemoryEventStore({ commits }), change)

const nothing = { startedEarlier: 0, startedLater: 0, endedOtherwise: 0, logsKept: 0, logsRemoved: 0, instants: 0, items: [] }

test('with nothing changed the history comes out event for event', async () => {
  const position = history.at(-1)?.last
  assert.equal(await ask(history, {}), { identical: true, events: position, differences: nothing })
})

test('settings that were in force all the time change nothing either', async () => {
  assert.equal((await ask(twoBackups(), { settings: { maxConcurrentManualBackups: 1 } })).identical, true)
})

test('with room for two, the second backup starts when it was asked for, and takes as long as it took', async () => {
  const { identical, differences } = await ask(twoBackups(), { settings: { maxConcurrentManualBackups: 2 } })
  assert.is(identical, false)
  assert.equal(differences, { ...nothing, startedEarlier: 1, items: [{ about: 'two', what: 'started 10 min earlier' }] })
})

test('with no room at all nobody starts, and what the runs reported never comes', async () => {
  const { differences, events } = await ask(twoBackups(), { settings: { maxConcurrentManualBackups: 0 } })
  assert.equal([differences.startedLater, differences.endedOtherwise], [2, 2])
  assert.equal(differences.items[0], { about: 'one', what: 'pending instead of completed with success' })
  assert.ok(events < (twoBackups().at(-1)?.last ?? 0))
})

test('with a policy that keeps all logs, those of successes are kept', async () => {
  const { differences } = await ask(twoBackups(), { settings: { logSavePolicy: 'all' } })
  assert.equal([differences.logsKept, differences.endedOtherwise, differences.startedEarlier], [2, 0, 0])
})

test('what a person set to something else is passed over for a setting that is to hold all the time', async () => {
  const set = twoBackups({ type: 'ChangeSettings', changes: { maxConcurrentManualBackups: 5, logRetentionDays: 7 } })
  assert.is((await ask(set, { settings: { maxConcurrentManualBackups: 1 } })).differences.startedLater, 1)
  assert.is((await ask(set, { settings: { maxConcurrentManualBackups: 5 } })).differences.startedLater, 0)
})

test('a history of many jobs, decided under other limits, still ends every one of them', async () => {
  const { differences } = await ask(history, { settings: { maxConcurrentManualBackups: 1, recovery: 'adopt' } })
  assert.ok(differences.startedLater > 0)
  assert.is(differences.items.filter(({ what }) => /^(pending|running) instead/.test(what)).length, 0)
})

test('a host whose clock went back is replayed in the order of the log', async () => {
  const back = twoBackups().map((commit, index) =>
    index >= 6 ? commit : { ...commit, at: new Date(beginMs + 60 * minutes).toISOString() },
  )
  const { differences } = await whatIf(looseLog(back), {})
  assert.equal(differences.items, [])
})

test.run()
