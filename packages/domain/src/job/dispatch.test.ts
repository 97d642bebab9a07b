import {
  afterFirst,
  backupRequested,
  cancelJob,
  given,
  jobRequested,
  jobStarted,
  ownerReady,
  repositoryRegistered,
  requestJob,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'

const opened = { type: 'DispatchOpened' } as const
const owner: DomainEvent = { type: 'OwnerStarted', host: 'host-a', software: '1', rules: 1 }
const desk = repositoryRegistered('desk')
const limits = (changes: EventOf<'SettingsChanged'>['changes']): DomainEvent => ({ type: 'SettingsChanged', changes })
const exclusive = (jobId: string, key = 'location:/backups/laptop') => jobStarted(jobId, { claim: { key, mode: 'exclusive' } })
const shared = (jobId: string) => jobStarted(jobId, { claim: { key: 'location:/backups/laptop', mode: 'shared' } })
const heldBack = (jobId: string, reason: 'limit-reached' | 'repository-busy', ...jobs: ReadonlyArray<string>) =>
  ({ type: 'JobHeldBack', jobId, reason, jobs }) as const
const scheduled = { trigger: { kind: 'schedule', scheduleId: 's', dueAt: afterFirst(0) }, slot: 'scheduled-backup' } as const
/** A scene in which nothing has started yet, and what opening the dispatch makes of it. */
const opening = (...facts: ReadonlyArray<DomainEvent>) => given(owner, repositoryRegistered(), desk, facts).when({ type: 'OpenDispatch' })

test('any number of shared claims stand together, under the key of the location until the id is known', () => {
  opening(jobRequested('restore', 'a'), jobRequested('restore-check', 'b')).thenExactly(opened, shared('a'), shared('b'))
})

test('an exclusive claim waits for shared ones, and they for it', () => {
  opening(jobRequested('restore', 'a'), jobRequested('check', 'b')).thenExactly(opened, shared('a'), heldBack('b', 'repository-busy', 'a'))
  opening(jobRequested('check', 'a'), jobRequested('restore', 'b')).thenExactly(
    opened,
    exclusive('a'),
    heldBack('b', 'repository-busy', 'a'),
  )
})

test('a younger job that could share does not pass an older one that waits for the repository', () => {
  opening(jobRequested('restore', 'a'), jobRequested('check', 'b'), jobRequested('restore', 'c')).thenExactly(
    opened,
    shared('a'),
    heldBack('b', 'repository-busy', 'a'),
    heldBack('c', 'repository-busy', 'b'),
  )
})

test('a job without a claim starts whatever else runs', () => {
  opening(jobRequested('check', 'a'), jobRequested('package-install', 'b')).thenExactly(
    opened,
    exclusive('a'),
    jobStarted('b', { claim: null }),
  )
})

test('once the id is known, it is what is claimed', () => {
  given(owner, repositoryRegistered('laptop', { borgId: 'b1' }), jobRequested('check'))
    .when({ type: 'OpenDispatch' })
    .thenExactly(opened, exclusive('job_1', 'b1'))
})

test('two registrations that turned out to be one borg repository conflict', () => {
  const alias: DomainEvent = { type: 'RepositoryIdentified', repositoryId: 'desk', borgId: 'b1' }
  given(owner, repositoryRegistered('laptop', { borgId: 'b1' }), desk, alias, jobRequested('check', 'a'))
    .later(afterFirst(1), jobRequested('check', 'b', { repositoryId: 'desk' }))
    .when({ type: 'OpenDispatch' })
    .thenExactly(opened, exclusive('a', 'b1'), heldBack('b', 'repository-busy', 'a'))
})

test('a claim under the location still holds when the id becomes known, also against another registration of that id', () => {
  const laptopIs: DomainEvent = { type: 'RepositoryIdentified', repositoryId: 'laptop', borgId: 'b1' }
  const deskIs: DomainEvent = { type: 'RepositoryIdentified', repositoryId: 'desk', borgId: 'b1' }
  const scene = given(ownerReady(), repositoryRegistered(), desk, jobRequested('check', 'a'), exclusive('a'), laptopIs, deskIs)
  for (const repositoryId of ['laptop', 'desk'])
    scene.when(requestJob('b', { repositoryId, work: workOf('check'), onBusy: 'refuse' })).thenRefused('RepositoryBusy', {
      repositoryId,
      jobs: ['a'],
    })
})

test('each limit counts its own class', () => {
  const check = { trigger: scheduled.trigger, slot: 'scheduled-check' } as const
  const repositories = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'].map((id) => repositoryRegistered(id))
  const asked = [
    backupRequested('m1', { repositoryId: 'r1' }),
    backupRequested('m2', { repositoryId: 'r2' }),
    backupRequested('s1', { repositoryId: 'r3', ...scheduled }),
    backupRequested('s2', { repositoryId: 'r4', ...scheduled }),
    backupRequested('s3', { repositoryId: 'r5', ...scheduled }),
    jobRequested('check', 'c1', { repositoryId: 'r6', ...check }),
  ]
  given(owner, repositories, asked)
    .when({ type: 'OpenDispatch' })
    .thenExactly(
      opened,
      exclusive('m1', 'location:/backups/r1'),
      exclusive('s1', 'location:/backups/r3'),
      exclusive('s2', 'location:/backups/r4'),
      exclusive('c1', 'location:/backups/r6'),
      heldBack('m2', 'limit-reached', 'm1'),
      heldBack('s3', 'limit-reached', 's1', 's2'),
    )
})

test('a limit of 0 starts none, names nobody, and lets others use the repository', () => {
  opening(limits({ maxConcurrentManualBackups: 0 }), backupRequested('a'), jobRequested('check', 'b')).thenExactly(
    opened,
    exclusive('b'),
    heldBack('a', 'limit-reached'),
  )
})

test('a raised limit starts what waited for it', () => {
  given(
    ownerReady(),
    repositoryRegistered(),
    limits({ maxConcurrentManualBackups: 0 }),
    backupRequested(),
    heldBack('job_1', 'limit-reached'),
  )
    .when({ type: 'ChangeSettings', changes: { maxConcurrentManualBackups: 1 } })
    .thenExactly(limits({ maxConcurrentManualBackups: 1 }), jobStarted())
})

test('a lowered limit stops nobody, and nobody starts until there is room', () => {
  const three = [limits({ maxConcurrentManualBackups: 3 }), backupRequested('a'), exclusive('a')]
  given(ownerReady(), repositoryRegistered(), desk, three)
    .when({ type: 'ChangeSettings', changes: { maxConcurrentManualBackups: 0 } })
    .thenTypes('SettingsChanged')
})

test('an older job whose slot is taken does not keep a younger one of its repository waiting', () => {
  const running = [backupRequested('m', { repositoryId: 'desk' }), exclusive('m', 'location:/backups/desk')]
  given(owner, repositoryRegistered(), desk, running, backupRequested('a'), jobRequested('check', 'b'))
    .when({ type: 'OpenDispatch' })
    .thenExactly(opened, exclusive('b'), heldBack('a', 'limit-reached', 'm'))
})

test('an older job that loses its slot in the same moment does not keep a younger one of its repository waiting', () => {
  const sharing = [jobRequested('restore', 'r'), shared('r')]
  const waiting = [backupRequested('old'), heldBack('old', 'repository-busy', 'r')]
  given(
    owner,
    repositoryRegistered(),
    desk,
    sharing,
    waiting,
    jobRequested('restore', 'young'),
    backupRequested('m', { repositoryId: 'desk' }),
  )
    .when({ type: 'OpenDispatch' })
    .thenExactly(opened, exclusive('m', 'location:/backups/desk'), shared('young'), heldBack('old', 'limit-reached', 'm'))
})

test('the oldest of a repository starts first when it is free', () => {
  given(
    ownerReady(),
    repositoryRegistered(),
    jobRequested('check', 'x'),
    exclusive('x'),
    jobRequested('prune', 'a'),
    jobRequested('check', 'b'),
  )
    .when(cancelJob('x'))
    .thenExactly(
      { type: 'CancelRequested', jobId: 'x', reason: 'wrong disk', force: false },
      {
        type: 'JobCancelled',
        error: null,
        jobId: 'x',
        warnings: [],
        effect: 'none',
        archive: null,
        logBytes: null,
        verdict: { rule: 'cancelled-before-start', version: 1 },
      },
      exclusive('a'),
      heldBack('b', 'repository-busy', 'a'),
    )
})

test.run()
