import { backupRequested, given, jobCancelled, ownerReady, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import type { Command } from '../command.js'

const access = { location: '/backups/laptop', passphrase: null, executable: null }
const register = (over: object = {}): Command => ({
  type: 'RegisterRepository',
  repositoryId: 'laptop',
  name: 'laptop',
  access,
  borgId: null,
  created: false,
  ...over,
})
const change = (over: object = {}): Command => ({ type: 'ChangeRepository', repositoryId: 'laptop', name: 'laptop', access, ...over })
const remove: Command = { type: 'RemoveRepository', repositoryId: 'laptop' }
const elsewhere = { ...access, location: 'anna@host:/backups' }
const scene = given(ownerReady(), repositoryRegistered())
const inUse = given(repositoryRegistered(), backupRequested())

test('a repository is registered, and whether it is remote is seen from its location', () => {
  given().when(register()).thenExactly(repositoryRegistered())
  given()
    .when(register({ access: elsewhere, borgId: 'b1', created: true }))
    .thenExactly(repositoryRegistered('laptop', { access: elsewhere, remote: true, borgId: 'b1', created: true }))
})

test('an id is given once', () => {
  scene.when(register({ access: elsewhere })).thenRefused('IdTaken', { id: 'laptop' })
})

test('one borg repository is registered once, whether it shows by its location or by its own id', () => {
  scene.when(register({ repositoryId: 'twin' })).thenRefused('RepositoryAlreadyRegistered', { repositoryId: 'laptop' })
  given(repositoryRegistered('laptop', { borgId: 'b1' }))
    .when(register({ repositoryId: 'twin', access: elsewhere, borgId: 'b1' }))
    .thenRefused('RepositoryAlreadyRegistered', { repositoryId: 'laptop' })
})

test('two repositories whose ids are not known are two', () => {
  scene.when(register({ repositoryId: 'desk', access: elsewhere })).thenTypes('RepositoryRegistered')
})

test('a name may change at any time; a change that changes nothing is already so', () => {
  inUse
    .when(change({ name: 'Laptop of Anna' }))
    .thenExactly({ type: 'RepositoryChanged', repositoryId: 'laptop', name: 'Laptop of Anna', access, remote: false })
  scene.when(change()).thenNothing()
})

test('how borg reaches a repository changes only while no job is about it', () => {
  scene
    .when(change({ access: elsewhere }))
    .thenExactly({ type: 'RepositoryChanged', repositoryId: 'laptop', name: 'laptop', access: elsewhere, remote: true })
  inUse.when(change({ access: elsewhere })).thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_1'] })
})

test('a repository does not move to where another one is registered', () => {
  given(repositoryRegistered(), repositoryRegistered('desk', { access: elsewhere }))
    .when(change({ access: elsewhere }))
    .thenRefused('RepositoryAlreadyRegistered', { repositoryId: 'desk' })
})

test('a repository is removed when no unfinished job is about it, and may be registered again', () => {
  inUse.when(remove).thenRefused('RepositoryBusy', { repositoryId: 'laptop', jobs: ['job_1'] })
  given(repositoryRegistered(), backupRequested(), jobCancelled())
    .when(remove)
    .thenExactly({ type: 'RepositoryRemoved', repositoryId: 'laptop' })
  given(repositoryRegistered(), { type: 'RepositoryRemoved', repositoryId: 'laptop' }).when(register()).thenExactly(repositoryRegistered())
})

test('an unknown repository is neither changed nor removed', () => {
  given().when(change()).thenRefused('RepositoryNotFound', { repositoryId: 'laptop' })
  given().when(remove).thenRefused('RepositoryNotFound', { repositoryId: 'laptop' })
})

test.run()
