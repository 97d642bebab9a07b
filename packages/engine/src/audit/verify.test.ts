import type { DomainEvent } from '@borgledger/domain'
import { inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { generatedHistory, looseLog, resealed, scriptedRunner } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, request, requestBackup } from '../fixtures/running-engine.js'
import { finishedJobs } from './finished-jobs.js'
import { type Verified, verifyLedger } from './verify.js'

const history = [...generatedHistory({ jobs: 150, seed: 20_261_103, repositories: 4 })]
const events = history.flatMap((commit) => commit.events)
const verify = (commits: ReadonlyArray<RecordedCommit>) => verifyLedger({ store: looseLog(commits), readModels: null })

/** The history with every commit that holds such an event changed. */
const changing = (
  type: DomainEvent['type'],
  change: (commit: RecordedCommit) => RecordedCommit,
  nth = 0,
): ReadonlyArray<RecordedCommit> => {
  let seen = 0
  return history.map((commit) => (commit.events.some((event) => event.type === type) && seen++ === nth ? change(commit) : commit))
}
const withData =
  (type: string, from: RegExp, to: string) =>
  (commit: RecordedCommit): RecordedCommit => {
    const [head, ...rest] = commit.events.map((event) => (event.type === type ? { ...event, data: event.data.replace(from, to) } : event))
    return head === undefined ? commit : { ...commit, events: [head, ...rest] }
  }
const positionOf = (type: string): number => events.find((event) => event.type === type)?.position ?? 0

test('a history of every type of job, of failures, restarts and deletions is whole, and every decision in it is made again', async () => {
  const progress: number[] = []
  const verdict = await verifyLedger({ store: looseLog(history), readModels: null, onProgress: (position) => progress.push(position) })
  assert.equal(verdict, { ok: true, position: events.length, hash: history.at(-1)?.hash, commits: history.length, events: events.length })
  assert.equal(progress, [events.length])
  for (const type of ['JobRecovered', 'JobEntryDeleted', 'LogRemoved', 'IdempotencyKeyUsed', 'JobHeldBack', 'CancelRequested'])
    assert.ok(positionOf(type) > 0, type)
})

test('what a running engine wrote is decided again as it stands', async () => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'succeed' }, { does: 'fail' }, { does: 'succeed' }) })
  await register(scene)
  for (const id of ['job_1', 'job_2']) await requestBackup(scene, id)
  await request(scene, 'job_3', { type: 'check', spec: { mode: 'full' } })
  await heard(scene, 'job_3', 'JobCompleted')
  await scene.engine.submit({ command: { type: 'DeleteJobEntry', jobId: 'job_1' }, actor: 'user:anna' })()
  await scene.engine.close(0)
  const verdict = await verifyLedger({ store: scene.store, readModels: null })
  assert.equal([verdict.ok, verdict.position], [true, scene.engine.state().position])
})

test('begun anywhere up to where all is well, the rest is verified as it is from the first commit on', async () => {
  const places: Verified[] = []
  const whole = { store: inMemoryEventStore({ commits: history }), readModels: null }
  const verdict = await verifyLedger({ ...whole, onProgress: (_, verified) => places.push(verified) })
  const forged = looseLog(resealed(changing('JobEntryDeleted', withData('JobEntryDeleted', /"jobId":"\w/, '"jobId":"x'), 1)))
  const { divergence } = await verifyLedger({ store: forged, readModels: null })
  assert.ok(places.length > 5 && divergence?.cause === 'decision')
  for (const from of places) {
    const rest = await verifyLedger({ ...whole, from })
    assert.equal([rest.ok, rest.position, rest.hash], [true, verdict.position, verdict.hash])
    assert.is(rest.events, verdict.events - from.head.position)
    if (from.head.position < (divergence?.position ?? 0))
      assert.equal((await verifyLedger({ store: forged, readModels: null, from })).divergence, divergence)
  }
  const [one, other] = places
  if (one === undefined || other === undefined) return assert.unreachable()
  const strange = await verifyLedger({ ...whole, from: { ...one, head: other.head } })
  assert.equal([strange.ok, strange.divergence?.cause], [false, 'decision'])
})

test('a changed event breaks the chain, and is named', async () => {
  const { ok, divergence, position } = await verify(changing('JobCompleted', withData('JobCompleted', /"success"/, '"warning"')))
  const commit = history.find(({ events }) => events.some(({ type }) => type === 'JobCompleted'))
  assert.equal([ok, divergence?.cause, divergence?.commitId], [false, 'chain', commit?.commitId])
  assert.equal([divergence?.position, position], [commit?.first, (commit?.first ?? 0) - 1])
})

test('a change behind which the hashes were made anew is found by deciding again: the chain holds, and what was decided is told', async () => {
  const forged = resealed(changing('JobCompleted', withData('JobCompleted', /"outcome":"success"/, '"outcome":"warning"')))
  const { ok, divergence } = await verify(forged)
  assert.equal([ok, divergence?.cause, divergence?.position], [false, 'decision', positionOf('JobCompleted')])
  assert.equal([divergence?.decision?.command, divergence?.decision?.chainHolds], ['ReportRunEnded', true])
  assert.match(divergence?.decision?.stored ?? '', '"outcome":"warning"')
  assert.match(divergence?.decision?.decided ?? '', '"outcome":"success"')
})

test('a forged decision in a log whose chain breaks later says so', async () => {
  const forged = [...resealed(changing('JobCompleted', withData('JobCompleted', /"outcome":"success"/, '"outcome":"warning"')))]
  forged.push(...forged.splice(-1).map((commit) => ({ ...commit, actor: 'user:mallory' })))
  assert.is((await verify(forged)).divergence?.decision?.chainHolds, false)
})

test('what rules of another version decided otherwise is no forgery: the log is whole, and the first such decision is told', async () => {
  const older = (commit: RecordedCommit): RecordedCommit => ({
    ...withData('OwnerStarted', /"rules":1/, '"rules":0')(commit),
    command: commit.command.replace('"rules":1', '"rules":0'),
  })
  const owned = changing('OwnerStarted', older)
  const other = withData('JobCompleted', /"version":1/, '"version":0')
  const position = positionOf('JobCompleted')
  const log = resealed(owned.map((commit) => (commit.first <= position && position <= commit.last ? other(commit) : commit)))
  const { ok, divergence, changedRules } = await verify(log)
  assert.equal([ok, divergence, changedRules?.decisions], [true, undefined, 1])
  assert.equal([changedRules?.first.position, changedRules?.first.cause], [position, 'changed-rules'])
  assert.equal(changedRules?.first.decision?.rules, { recorded: 0, today: 1 })
})

const unreasonable: ReadonlyArray<readonly [string, (commit: RecordedCommit) => RecordedCommit, RegExp]> = [
  ['an event taken out', (commit) => ({ ...commit, events: [commit.events[0]] }), /the rules also decide JobStarted/],
  [
    'another command',
    (commit) => ({ ...commit, command: '{"type":"OpenDispatch"}' }),
    /JobRequested is stored, and the rules decide nothing/,
  ],
  ['no command at all', (commit) => ({ ...commit, command: '{"type":"Sing"}' }), /the command cannot be read/],
  [
    'a command that is refused',
    (commit) => ({ ...commit, command: commit.command.replace('repository-0', 'cellar-') }),
    /would be refused/,
  ],
]
for (const [what, change, expected] of unreasonable) {
  test(`${what}, with hashes made anew, is found and told`, async () => {
    const begun = history.findIndex(({ events }) => events[0].type === 'JobRequested' && events[1]?.type === 'JobStarted')
    const { divergence } = await verify(resealed(history.map((commit, index) => (index === begun ? change(commit) : commit))))
    assert.is(divergence?.cause, 'decision')
    assert.match(divergence?.what ?? '', expected)
  })
}

test('an event that today cannot be read is named', async () => {
  const { divergence } = await verify(resealed(changing('RunSpawned', withData('RunSpawned', /"pid":\d+/, '"pid":"x"'))))
  assert.is(divergence?.position, positionOf('RunSpawned'))
  assert.match(divergence?.what ?? '', /RunSpawned/)
})

test('a job that ended long ago is folded again from its own events', async () => {
  const jobId = JSON.parse(events.find(({ type }) => type === 'JobEntryDeleted')?.data ?? '{}').jobId
  const { withJob } = finishedJobs(looseLog(history))
  const scene = await openScene()
  const state = { ...scene.engine.state(), position: events.length }
  assert.is((await withJob(state, jobId)).jobs.get(jobId)?.deleted, true)
  assert.is((await withJob(state, 'job_never')).jobs.size, 0)
  await scene.engine.close(0)
})

test.run()
