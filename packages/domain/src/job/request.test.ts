import {
  afterFirst,
  backupRequested,
  given,
  jobRequested,
  jobStarted,
  ownerReady,
  packagesAllowed,
  repositoryRegistered,
  requestJob,
  scriptAdded,
  workOf,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { JobType } from './job-type.js'
import type { Work } from './spec.js'

const laptop = given(ownerReady(), repositoryRegistered(), packagesAllowed())
const busy = given(ownerReady(), repositoryRegistered(), backupRequested('job_0'), jobStarted('job_0'))

for (const type of Object.keys(JobType.keys) as ReadonlyArray<JobType>) {
  test(`a ${type} that is asked for is recorded and starts at once when nothing is in its way`, () => {
    const repositoryId = type === 'package-install' ? null : 'laptop'
    laptop.when(requestJob('job_1', { work: workOf(type), repositoryId })).thenTypes('JobRequested', 'JobStarted')
  })
}

test('a job waits as long as no owner has opened its dispatch', () => {
  given(repositoryRegistered()).when(requestJob()).thenExactly(backupRequested())
  given({ type: 'OwnerStarted', host: 'host-a', software: '1', rules: 1 }, repositoryRegistered())
    .when(requestJob())
    .thenExactly(backupRequested())
})

test('a job that must wait says for whom, and waits', () => {
  busy
    .when(requestJob('job_1', { work: workOf('check') }))
    .thenExactly(jobRequested('check'), { type: 'JobHeldBack', jobId: 'job_1', reason: 'repository-busy', jobs: ['job_0'] })
})

test('who would rather be refused than wait is told who holds the repository', () => {
  busy
    .when(requestJob('job_1', { work: workOf('check'), onBusy: 'refuse' }))
    .thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_0'] })
})

test('who would rather be refused than wait is told who holds the slot', () => {
  given(ownerReady(), repositoryRegistered(), repositoryRegistered('desk'), backupRequested('job_0'), jobStarted('job_0'))
    .when(requestJob('job_1', { repositoryId: 'desk', onBusy: 'refuse' }))
    .thenRefused('LimitReached', { jobs: ['job_0'] })
  given(ownerReady(), repositoryRegistered(), { type: 'SettingsChanged', changes: { maxConcurrentManualBackups: 0 } })
    .when(requestJob('job_1', { onBusy: 'refuse' }))
    .thenRefused('LimitReached', { jobs: [] })
})

test('who would rather be refused than wait starts when nothing is in the way', () => {
  laptop.when(requestJob('job_1', { onBusy: 'refuse' })).thenTypes('JobRequested', 'JobStarted')
})

test('only a package that an admin allowed is installed', () => {
  const install = (name: string) => requestJob('job_1', { work: { type: 'package-install', spec: { package: name } }, repositoryId: null })
  given(ownerReady()).when(install('rclone')).thenRefused('InvalidBody')
  given(ownerReady(), packagesAllowed('jq'))
    .when(install('rclone'))
    .thenRefused('InvalidBody', {
      problems: [{ path: 'package', message: 'expected a package that allowedPackages lists, got "rclone"' }],
    })
  given(ownerReady(), packagesAllowed('jq', 'rclone')).when(install('rclone')).thenTypes('JobRequested', 'JobStarted')
})

const scripted = (...scripts: ReadonlyArray<object>) =>
  requestJob('job_1', { work: { type: 'backup', spec: { sources: ['/home'], scripts } } as Work })

test('a backup names scripts that are there', () => {
  const [known, unknown] = [
    { id: 'stop-db', phase: 'pre' },
    { id: 'start-db', phase: 'post' },
  ]
  given(ownerReady(), repositoryRegistered(), scriptAdded('stop-db'))
    .when(scripted(known, unknown))
    .thenRefused('InvalidBody', { problems: [{ path: 'scripts.1.id', message: 'expected the id of a script, got "start-db"' }] })
})

test('a hook says nothing that would not be done', () => {
  const scene = given(ownerReady(), repositoryRegistered(), scriptAdded('stop-db'))
  const hook = { id: 'stop-db' }
  for (const [wrong, path] of [
    [{ ...hook, phase: 'pre', runOn: 'success' }, 'scripts.0.runOn'],
    [{ ...hook, phase: 'post', onFailure: 'fail' }, 'scripts.0.onFailure'],
  ] as const) {
    const { decision } = scene.when(scripted(wrong))
    assert.equal(E.isLeft(decision) && decision.left.tag === 'InvalidBody' && decision.left.problems.map((problem) => problem.path), [path])
  }
  scene
    .when(scripted({ ...hook, phase: 'pre', runOn: 'always' }, { ...hook, phase: 'post', onFailure: 'continue' }))
    .thenTypes('JobRequested', 'JobStarted')
})

test('a request is refused for an unknown repository, a taken id and a spec that is wrong as a whole', () => {
  laptop.when(requestJob('job_1', { repositoryId: 'desk' })).thenRefused('RepositoryNotFound', { repositoryId: 'desk' })
  busy.when(requestJob('job_0')).thenRefused('JobIdTaken', { jobId: 'job_0' })
  laptop.when(requestJob('job_1', { work: { type: 'prune', spec: { keep: { daily: 7 } } } })).thenRefused('InvalidBody', {
    problems: [{ path: 'series', message: 'expected exactly one of series, glob and allArchives, got none' }],
  })
})

test('a backup belongs to the series that it names, else to its schedule, else to its repository', () => {
  const closed = given(repositoryRegistered())
  const named = { type: 'backup', spec: { sources: ['/home'], series: 'nightly' } } as const
  const bySchedule = { kind: 'schedule', scheduleId: 'every-night', dueAt: afterFirst(0) } as const
  const runNow = { kind: 'manual', scheduleId: 'every-night' } as const
  closed.when(requestJob('job_1', { work: named })).thenExactly(backupRequested('job_1', { work: named, series: 'nightly' }))
  closed
    .when(requestJob('job_1', { trigger: bySchedule }))
    .thenExactly(backupRequested('job_1', { trigger: bySchedule, series: 'every-night', slot: 'scheduled-backup' }))
  closed.when(requestJob('job_1', { trigger: runNow })).thenExactly(backupRequested('job_1', { trigger: runNow, series: 'every-night' }))
})

test('a check counts against a limit only when a schedule made it', () => {
  const trigger = { kind: 'schedule', scheduleId: 's', dueAt: afterFirst(0) } as const
  given(repositoryRegistered())
    .when(requestJob('job_1', { work: workOf('check'), trigger }))
    .thenExactly(jobRequested('check', 'job_1', { trigger, slot: 'scheduled-check' }))
  given(repositoryRegistered())
    .when(requestJob('job_1', { work: workOf('check') }))
    .thenExactly(jobRequested('check'))
})

test.run()
