import { given, jobCancelled, jobRequested, ownerReady, repositoryRegistered, scriptAdded } from '@borgledger/testkit'
import { test } from 'uvu'
import type { Command } from '../command.js'

const { type: _, ...content } = scriptAdded()
const add: Command = { type: 'AddScript', ...content }
const change = (over: object = {}): Command => ({ type: 'ChangeScript', ...content, ...over })
const remove: Command = { type: 'RemoveScript', scriptId: 'stop-db' }
const named = jobRequested('backup', 'job_1', {
  work: { type: 'backup', spec: { sources: ['/home'], scripts: [{ id: 'stop-db', phase: 'pre' }] } },
})
const scene = given(ownerReady(), scriptAdded())

test('a script is added, and its id is given once', () => {
  given().when(add).thenExactly(scriptAdded())
  scene.when(add).thenRefused('IdTaken', { id: 'stop-db' })
})

test('a script changes at any time; a change that changes nothing is already so', () => {
  const changed = { ...scriptAdded(), type: 'ScriptChanged', name: 'Stop it' } as const
  scene.when(change({ name: 'Stop it' })).thenExactly(changed)
  given(repositoryRegistered(), scriptAdded(), named)
    .when(change({ name: 'Stop it' }))
    .thenExactly(changed)
  scene.when(change()).thenNothing()
})

test('a script that an unfinished job names stays', () => {
  given(repositoryRegistered(), scriptAdded(), named)
    .when(remove)
    .thenRefused('ScriptInUse', { scriptId: 'stop-db', jobs: ['job_1'] })
  given(repositoryRegistered(), scriptAdded(), named, jobCancelled())
    .when(remove)
    .thenExactly({ type: 'ScriptRemoved', scriptId: 'stop-db' })
})

test('a script that is gone is neither changed nor removed, and may be added again', () => {
  const removed = given(scriptAdded(), { type: 'ScriptRemoved', scriptId: 'stop-db' })
  removed.when(change()).thenRefused('ScriptNotFound', { scriptId: 'stop-db' })
  removed.when(remove).thenRefused('ScriptNotFound', { scriptId: 'stop-db' })
  removed.when(add).thenExactly(scriptAdded())
})

test.run()
