import { atFirst, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Job } from './job.js'
import { foldDeletedEntry, foldEndedJob, foldRepository, type Repository } from './repository.js'

type Fold = Parameters<typeof foldRepository>[1]['event']
const recordOf = (...events: ReadonlyArray<Fold>): Repository | undefined =>
  events.reduce<Repository | undefined>(
    (repository, event, index) => foldRepository(repository, { event, position: index + 1, at: atFirst, actor: 'user:anna' }),
    undefined,
  )
const access = { location: 'anna@host:b', passphrase: { env: 'PASS' }, executable: '/opt/borg' } as const
const ended = (type: Job['type'], id = 'job_1'): Job =>
  ({ id, type, state: 'completed', outcome: 'success', finishedAt: atFirst, position: 9 }) as Job

test('a registered repository is shown with references, never secrets', () => {
  assert.equal(recordOf(repositoryRegistered('laptop', { access, remote: true, borgId: 'b1' })), {
    id: 'laptop',
    name: 'laptop',
    location: 'anna@host:b',
    remote: true,
    borgId: 'b1',
    passphrase: { env: 'PASS' },
    borg: { executable: '/opt/borg' },
    registeredAt: atFirst,
    lastBackup: null,
    lastCheck: null,
    position: 1,
  })
})

test('its id becomes known, its name and location change, and it goes', () => {
  const changed: Fold = { type: 'RepositoryChanged', repositoryId: 'laptop', name: 'L', access, remote: true }
  assert.is(recordOf(repositoryRegistered(), { type: 'RepositoryIdentified', repositoryId: 'laptop', borgId: 'b1' })?.borgId, 'b1')
  const after = recordOf(repositoryRegistered('laptop', { borgId: 'b1' }), changed)
  assert.equal([after?.name, after?.location, after?.remote, after?.borgId, after?.position], ['L', 'anna@host:b', true, 'b1', 2])
  assert.is(recordOf(repositoryRegistered(), { type: 'RepositoryRemoved', repositoryId: 'laptop' }), undefined)
  assert.is(recordOf(changed), undefined)
})

test('it shows the last backup and the last check that ended, and no other job', () => {
  const repository = recordOf(repositoryRegistered())
  assert.ok(repository)
  const ref = (id: string) => ({ id, state: 'completed', outcome: 'success', finishedAt: atFirst, deleted: false })
  const after = [ended('backup', 'a'), ended('check', 'b'), ended('restore', 'c'), ended('backup', 'd')].reduce(foldEndedJob, repository)
  assert.equal([after.lastBackup, after.lastCheck, after.position], [ref('d'), ref('b'), 9])
  assert.equal(foldEndedJob(repository, ended('prune')), repository)
})

test('a last backup or check whose entry is deleted is marked: it did run, and cannot be looked at', () => {
  const repository = recordOf(repositoryRegistered())
  assert.ok(repository)
  const after = [ended('backup', 'a'), ended('check', 'b')].reduce(foldEndedJob, repository)
  const marked = foldDeletedEntry(after, 'a', 12)
  assert.equal([marked.lastBackup?.id, marked.lastBackup?.deleted, marked.lastCheck?.deleted, marked.position], ['a', true, false, 12])
  assert.is(foldDeletedEntry(after, 'c', 12), after)
})

test.run()
