import {
  backupRequested,
  cancelJob,
  given,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  ownerReady,
  repositoryRegistered,
  requestJob,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'
import { overtakenMax } from './index.js'

const desk = repositoryRegistered('desk')
const limits = (changes: EventOf<'SettingsChanged'>['changes']): DomainEvent => ({ type: 'SettingsChanged', changes })
const exclusive = (jobId: string, key = 'location:/backups/laptop') => jobStarted(jobId, { claim: { key, mode: 'exclusive' } })
const shared = (jobId: string) => jobStarted(jobId, { claim: { key: 'location:/backups/laptop', mode: 'shared' } })
const heldBack = (jobId: string, reason: 'limit-reached' | 'repository-busy', ...jobs: ReadonlyArray<string>) =>
  ({ type: 'JobHeldBack', jobId, reason, jobs }) as const

/** A backup of `laptop` that waits for the one manual slot while `times` younger jobs of `laptop` start and end. */
const overtaken = (times: number): ReadonlyArray<DomainEvent> => [
  backupRequested('holder', { repositoryId: 'desk' }),
  exclusive('holder', 'location:/backups/desk'),
  backupRequested('old'),
  heldBack('old', 'limit-reached', 'holder'),
  ...Array.from({ length: times }, (_, n) => `y${n}`).flatMap((id) => [jobRequested('check', id), exclusive(id), jobCompleted(id)]),
]

test('a job that younger ones overtook too often gets its repository kept for it', () => {
  given(ownerReady(), repositoryRegistered(), desk, overtaken(overtakenMax - 1))
    .when(requestJob('young', { work: workOf('check') }))
    .thenTypes('JobRequested', 'JobStarted')
  given(ownerReady(), repositoryRegistered(), desk, overtaken(overtakenMax))
    .when(requestJob('young', { work: workOf('check') }))
    .thenExactly(jobRequested('check', 'young'), heldBack('young', 'repository-busy', 'old'))
})

test('a job that was overtaken too often starts as soon as its slot is free', () => {
  given(ownerReady(), repositoryRegistered(), desk, overtaken(overtakenMax), jobRequested('check', 'young'))
    .when(cancelJob('holder'))
    .thenTypes('CancelRequested', 'JobCancelled', 'JobStarted', 'JobHeldBack')
})

test('a job that no limit lets start keeps nothing for itself', () => {
  given(ownerReady(), repositoryRegistered(), desk, overtaken(overtakenMax), limits({ maxConcurrentManualBackups: 0 }))
    .when(requestJob('young', { work: workOf('check') }))
    .thenTypes('JobRequested', 'JobStarted')
})

/** A backup of `laptop` that waits for its repository while `times` younger backups of `desk` take the slots and end. */
const passedBy = (limit: number, times: number): ReadonlyArray<DomainEvent> => [
  limits({ maxConcurrentManualBackups: limit }),
  jobRequested('restore', 'holder'),
  shared('holder'),
  backupRequested('old'),
  heldBack('old', 'repository-busy', 'holder'),
  ...Array.from({ length: times }, (_, n) => `y${n}`).flatMap((id) => [
    backupRequested(id, { repositoryId: 'desk' }),
    exclusive(id, 'location:/backups/desk'),
    jobFailed(id),
  ]),
]

test('a job that younger ones overtook too often gets one slot kept for it, and leaves the others alone', () => {
  const request = requestJob('young', { repositoryId: 'desk' })
  const asked = backupRequested('young', { repositoryId: 'desk' })
  given(ownerReady(), repositoryRegistered(), desk, passedBy(1, overtakenMax))
    .when(request)
    .thenExactly(asked, heldBack('young', 'limit-reached', 'old'))
  given(ownerReady(), repositoryRegistered(), desk, passedBy(2, overtakenMax)).when(request).thenTypes('JobRequested', 'JobStarted')
})

test.run()
