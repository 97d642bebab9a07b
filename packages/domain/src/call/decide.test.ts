import {
  archiveListed,
  backupRequested,
  beginCall,
  callBegan,
  callEnded,
  given,
  jobRequested,
  jobStarted,
  ownerReady,
  repositoryRegistered,
  requestJob,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Command } from '../command.js'
import type { DomainEvent } from '../event.js'
import { sayRefusal } from '../refusal.js'
import type { Call } from './events.js'

const key = 'location:/backups/laptop'
const claimed = (mode: 'shared' | 'exclusive') => ({ claim: { key, mode } })
const scene = given(ownerReady(), repositoryRegistered())
const breakLock: Call = { kind: 'break-lock', reason: 'the other host died', holders: ['host-b@2.4711'] }
const ended = (callId = 'call_1', over: object = {}): Command => ({ type: 'EndCall', callId, error: null, archives: null, ...over })
const restoring = [jobRequested('restore'), jobStarted('job_1', claimed('shared'))]
const backingUp = [backupRequested(), jobStarted()]

test('looking shares a repository; making it and breaking its lock need it alone', () => {
  scene.when(beginCall()).thenExactly(callBegan())
  scene.when(beginCall('call_1', { call: breakLock })).thenExactly(callBegan('call_1', { call: breakLock, ...claimed('exclusive') }))
  const about = { location: '/backups/new' }
  for (const [kind, mode] of [
    ['identify', 'shared'],
    ['init', 'exclusive'],
  ] as const)
    scene
      .when(beginCall('call_1', { about, call: { kind } }))
      .thenExactly(callBegan('call_1', { repositoryId: null, call: { kind }, claim: { key: 'location:/backups/new', mode } }))
})

test('a call never waits: what is in its way refuses it, and is named', () => {
  given(ownerReady(), repositoryRegistered(), restoring).when(beginCall()).thenTypes('CallBegan')
  given(ownerReady(), repositoryRegistered(), backingUp)
    .when(beginCall())
    .thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_1'] })
  for (const call of [breakLock, { kind: 'init' }] as const)
    given(ownerReady(), repositoryRegistered(), restoring)
      .when(beginCall('call_1', { call }))
      .thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_1'] })
})

test('calls share a repository, or keep each other out; of those no job is named', () => {
  given(ownerReady(), repositoryRegistered(), callBegan()).when(beginCall('call_2')).thenTypes('CallBegan')
  const refused = given(ownerReady(), repositoryRegistered(), callBegan()).when(beginCall('call_2', { call: breakLock }))
  refused.thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: [] })
  assert.match(sayRefusal({ tag: 'RepositoryBusy', repositoryId: 'laptop', jobs: [] }), /in use by a short call of borg/)
})

test('a claim on a location holds for whoever is registered there, and under an alias', () => {
  const known: DomainEvent = { type: 'RepositoryIdentified', repositoryId: 'laptop', borgId: 'b1' }
  const alias = repositoryRegistered('alias', { borgId: 'b1' })
  const making = callBegan('call_1', { repositoryId: null, call: { kind: 'init' }, claim: { key, mode: 'exclusive' } })
  given(ownerReady(), making, repositoryRegistered(), known, alias)
    .when(beginCall('call_2', { about: { repositoryId: 'alias' } }))
    .thenRefused('RepositoryBusy', { repositoryId: 'alias', jobs: [] })
  given(ownerReady(), repositoryRegistered(), known, alias, backingUp)
    .when(beginCall('call_2', { about: { location: '/backups/alias' }, call: { kind: 'identify' } }))
    .thenRefused('RepositoryBusy', { repositoryId: '/backups/alias', jobs: ['job_1'] })
})

test('a job waits for a call, and starts in the commit of its end', () => {
  const calling = given(ownerReady(), repositoryRegistered(), callBegan())
  calling.when(requestJob()).thenExactly(backupRequested(), { type: 'JobHeldBack', jobId: 'job_1', reason: 'repository-busy', jobs: [] })
  calling.when(requestJob('job_1', { onBusy: 'refuse' })).thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: [] })
  calling.when(requestJob('job_1', { work: workOf('restore') })).thenTypes('JobRequested', 'JobStarted')
  given(ownerReady(), repositoryRegistered(), callBegan(), backupRequested()).when(ended()).thenExactly(callEnded(), jobStarted())
})

test('a job that waits for calls alone is not kept waiting by further ones', () => {
  const waiting = { type: 'JobHeldBack', jobId: 'job_1', reason: 'repository-busy', jobs: [] } as const
  const calling = [ownerReady(), repositoryRegistered(), callBegan(), backupRequested()]
  given(...calling, waiting)
    .when(beginCall('call_2'))
    .thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_1'] })
  given(...calling, { ...waiting, jobs: ['job_0'] })
    .when(beginCall('call_2'))
    .thenTypes('CallBegan', 'JobHeldBack')
  given(...calling, waiting, repositoryRegistered('desk'))
    .when(beginCall('call_2', { about: { repositoryId: 'desk' } }))
    .thenTypes('CallBegan')
})

test('how it ended is told by what was asked, and by who held the lock before', () => {
  const ending = (call: Call, over: object = {}) =>
    given(ownerReady(), repositoryRegistered(), callBegan('call_1', { call })).when(ended('call_1', over))
  ending({ kind: 'list' }).thenExactly(callEnded())
  ending(breakLock).thenExactly(callEnded('call_1', { outcome: 'broken' }))
  ending({ ...breakLock, holders: null }).thenExactly(callEnded('call_1', { outcome: 'broken' }))
  ending({ ...breakLock, holders: [] }).thenExactly(callEnded('call_1', { outcome: 'not-needed' }))
  const error = { code: 'connection-failed', message: 'no route' }
  ending(breakLock, { error }).thenExactly(callEnded('call_1', { outcome: 'failed', error }))
})

test('a list that was seen is recorded as what it changes, also of a repository that was registered meanwhile', () => {
  const archives = { added: [archiveListed()], removed: ['old'] }
  const listed: DomainEvent = { type: 'ArchivesListed', repositoryId: 'laptop', ...archives }
  given(ownerReady(), repositoryRegistered(), callBegan()).when(ended('call_1', { archives })).thenExactly(listed, callEnded())
  const identifying = callBegan('call_1', { repositoryId: null, call: { kind: 'identify' } })
  given(ownerReady(), identifying, repositoryRegistered()).when(ended('call_1', { archives })).thenExactly(listed, callEnded())
  given(ownerReady(), identifying)
    .when(ended('call_1', { archives }))
    .thenExactly(callEnded('call_1', { repositoryId: null }))
})

test('a call that is not under way has no end, and one that is begun is begun', () => {
  scene.when(ended()).thenNothing()
  given(ownerReady(), repositoryRegistered(), callBegan()).when(beginCall()).thenNothing()
  scene.when(beginCall('call_1', { about: { repositoryId: 'nowhere' } })).thenRefused('RepositoryNotFound', { repositoryId: 'nowhere' })
})

test('the calls of an owner end with it: the next one finds no claim of theirs', () => {
  given(ownerReady(), repositoryRegistered(), callBegan('call_1', { call: breakLock, ...claimed('exclusive') }), ownerReady('host-b'))
    .when(requestJob())
    .thenTypes('JobRequested', 'JobStarted')
})

test('a repository neither moves nor goes while a call is about it, and may be renamed', () => {
  const calling = given(ownerReady(), repositoryRegistered(), callBegan())
  const access = { location: '/elsewhere', passphrase: null, executable: null }
  const busy = { repositoryId: 'laptop', jobs: [] }
  calling.when({ type: 'RemoveRepository', repositoryId: 'laptop' }).thenRefused('RepositoryBusy', busy)
  calling.when({ type: 'ChangeRepository', repositoryId: 'laptop', name: 'L', access }).thenRefused('RepositoryBusy', busy)
  const same = repositoryRegistered().access
  calling.when({ type: 'ChangeRepository', repositoryId: 'laptop', name: 'L', access: same }).thenTypes('RepositoryChanged')
})

test.run()
