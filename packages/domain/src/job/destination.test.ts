import { given, ownerReady, repositoryRegistered, requestJob } from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent } from '../event.js'

const access = (location: string) => ({ location, passphrase: null, executable: null })
const repositories: ReadonlyArray<DomainEvent> = [
  repositoryRegistered(),
  repositoryRegistered('desk', { access: access('file:///mnt/disk/./desk/') }),
  repositoryRegistered('far', { access: access('u@h:/far'), remote: true }),
  repositoryRegistered('near', { access: access('./near') }),
]
const allowed = (...allowedDestinations: ReadonlyArray<string>): DomainEvent => ({
  type: 'SettingsChanged',
  changes: { allowedDestinations },
})
const restoreTo = (destination: { readonly path: string; readonly ssh?: string }) =>
  requestJob('job_1', { work: { type: 'restore', spec: { archive: 'a', destination } } })

const accepted = (path: string, ...facts: ReadonlyArray<DomainEvent>): void =>
  given(ownerReady(), repositories, facts).when(restoreTo({ path })).thenTypes('JobRequested', 'JobStarted')
const refused = (path: string, message: string, ...facts: ReadonlyArray<DomainEvent>): void =>
  given(repositories, facts)
    .when(restoreTo({ path }))
    .thenRefused('InvalidBody', { problems: [{ path: 'destination.path', message: `${message}, got ${JSON.stringify(path)}` }] })

const system = 'expected no directory of the system, unless allowedDestinations lists it'

test('directories of the system are refused, however they are written', () => {
  for (const path of ['/', '/etc', '/etc/', '/usr/local/share', '/bin', '/sbin', '/lib', '/lib64/x', '/boot', '/dev/shm', '/proc', '/sys'])
    refused(path, system)
  for (const path of ['/home/../etc', '/./etc//cron.d', '/restored/../..', '//', '/var', '/var/lib/', '/run']) refused(path, system)
})

test('what only looks like one is fine', () => {
  for (const path of [
    '/restored',
    '/home/anna',
    '/var/lib/postgresql',
    '/etcetera',
    '/home/etc',
    '/run/media/anna/disk',
    '/library-of-anna',
  ])
    accepted(path)
})

test('a repository is no destination, nor is what lies in it', () => {
  for (const path of ['/backups/laptop', '/backups/laptop/', '/backups/x/../laptop/data'])
    refused(path, 'expected no path in a repository (laptop)')
  refused('/mnt/disk/desk', 'expected no path in a repository (desk)')
  refused('/backups/laptop/data', 'expected no path in a repository (laptop)', allowed('/'))
})

test('neither is what lies above one, unless it is allowed', () => {
  const above = (id: string) => `expected no path above a repository (${id}), unless allowedDestinations lists it`
  refused('/backups', above('laptop'))
  refused('/mnt', above('desk'))
  accepted('/mnt', allowed('/mnt/'))
  for (const path of ['/backups/laptop-restored', '/backups/desk', '/mnt/disk/desktop']) accepted(path)
})

test('an admin may allow a directory, and with it what is below', () => {
  for (const path of ['/etc', '/etc/nginx']) accepted(path, allowed('/srv', '/etc/'))
  refused('/usr', system, allowed('/etc'))
  refused('/etc', system, allowed('/etc/nginx'))
  accepted('/', allowed('/'))
})

test('on another machine the directories of the system are refused all the same, and repositories here are not in the way', () => {
  const there = (path: string) => given(ownerReady(), repositories).when(restoreTo({ ssh: 'u@h', path }))
  there('/etc').thenRefused('InvalidBody')
  there('/backups/laptop').thenTypes('JobRequested', 'JobStarted')
})

test.run()
