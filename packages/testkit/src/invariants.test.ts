import { type DomainEvent, foresee, initialState, type LedgerState, type Recorded } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  backupRequested,
  callBegan,
  childrenAreUnderTheirParents,
  claimsNeverOverlap,
  everyJobLivesOnce,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  nobodyWaitsInVain,
  ownerReady,
  repositoryRegistered,
  startIsWithinLimit,
  unfinishedJobs,
} from './index.js'

const meta = { at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' }
const history = (...events: ReadonlyArray<DomainEvent>): ReadonlyArray<Recorded<DomainEvent>> =>
  events.map((event, index) => ({ event, position: index + 1, ...meta }))
const after = (...events: ReadonlyArray<DomainEvent>): LedgerState =>
  foresee(initialState, [...ownerReady(), repositoryRegistered(), repositoryRegistered('desk'), ...events], meta)
const claim = (mode: 'shared' | 'exclusive', key = 'location:/backups/laptop') => ({ claim: { key, mode } })

test('a job that lives twice is found', () => {
  everyJobLivesOnce(history(backupRequested(), jobStarted(), jobCompleted()))
  everyJobLivesOnce(history(backupRequested(), jobCancelled()))
  for (const [again, what] of [
    [backupRequested(), /requested twice/],
    [jobStarted(), /started twice/],
    [jobFailed(), /ended twice/],
  ] as const)
    assert.throws(() => everyJobLivesOnce(history(backupRequested(), jobStarted(), jobCompleted(), again)), what)
  assert.throws(() => everyJobLivesOnce(history(backupRequested(), jobCancelled(), jobStarted())), /job_1 started after its end/)
})

test('unfinished jobs are those without an end', () => {
  assert.equal(unfinishedJobs(history(backupRequested('a'), backupRequested('b'), jobStarted('b'), jobCompleted('a'))), ['b'])
})

test('claims that overlap are found, under whatever name', () => {
  const two = (one: object, other: object, repositoryId = 'laptop') => [
    jobRequested('check', 'a'),
    jobStarted('a', one),
    jobRequested('check', 'b', { repositoryId }),
    jobStarted('b', other),
  ]
  claimsNeverOverlap(after(...two(claim('shared'), claim('shared'))))
  claimsNeverOverlap(after(...two(claim('exclusive'), claim('exclusive', 'location:/backups/desk'), 'desk')))
  assert.throws(() => claimsNeverOverlap(after(...two(claim('exclusive'), claim('shared')))), /a and b both hold/)
  const known = (repositoryId: string): DomainEvent => ({ type: 'RepositoryIdentified', repositoryId, borgId: 'b1' })
  const aliased = two(claim('exclusive'), claim('exclusive', 'location:/backups/desk'), 'desk')
  assert.throws(() => claimsNeverOverlap(after(...aliased, known('laptop'), known('desk'))), /a and b both hold/)
})

test('a call that overlaps a job or another call is found; one is waited for', () => {
  const holding = [jobRequested('check', 'a'), jobStarted('a', claim('exclusive'))]
  assert.throws(() => claimsNeverOverlap(after(...holding, callBegan())), /a and call_1 both hold/)
  assert.throws(() => claimsNeverOverlap(after(callBegan(), callBegan('call_2', claim('exclusive')))), /call_1 and call_2 both hold/)
  claimsNeverOverlap(after(callBegan(), callBegan('call_2'), jobRequested('restore', 'a'), jobStarted('a', claim('shared'))))
  nobodyWaitsInVain(after(callBegan(), backupRequested()))
  assert.throws(() => nobodyWaitsInVain(after(callBegan(), jobRequested('restore', 'a'))), /a waits for nobody/)
})

test('a child that waits, or is left without its parent, is found', () => {
  const child = jobRequested('prune', 'a-prune', { trigger: { kind: 'parent', jobId: 'a' } })
  const parent = [backupRequested('a'), jobStarted('a')]
  childrenAreUnderTheirParents(after(...parent, child, jobStarted('a-prune', { claim: null })))
  assert.throws(() => childrenAreUnderTheirParents(after(...parent, child)), /a-prune/)
  assert.throws(() => childrenAreUnderTheirParents(after(child, jobStarted('a-prune', { claim: null }))), /left without its parent/)
})

test('a start beyond its limit is found', () => {
  const first = [backupRequested('a'), jobStarted('a')]
  startIsWithinLimit(jobStarted('a'), after(...first))
  const second = [...first, backupRequested('b', { repositoryId: 'desk' }), jobStarted('b')]
  assert.throws(() => startIsWithinLimit(jobStarted('b'), after(...second)), /b started beyond the limit of manual-backup/)
})

test('a job that waits for nobody is found; one with somebody in its way is not', () => {
  assert.throws(() => nobodyWaitsInVain(after(backupRequested())), /job_1 waits for nobody/)
  assert.throws(
    () => nobodyWaitsInVain(after(jobRequested('restore', 'a'), jobStarted('a', claim('shared')), jobRequested('restore', 'b'))),
    /b waits/,
  )
  nobodyWaitsInVain(after({ type: 'DispatchClosed', reason: 'x' }, backupRequested()))
  nobodyWaitsInVain(
    after(jobRequested('restore', 'a'), jobStarted('a', claim('shared')), jobRequested('check', 'b'), jobRequested('restore', 'c')),
  )
  nobodyWaitsInVain(after(backupRequested('a', { repositoryId: 'desk' }), jobStarted('a', claim('exclusive', 'x')), backupRequested('b')))
})

test.run()
