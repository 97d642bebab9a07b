import { given, jobRequested, jobStarted, ownerReady, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'

const start = { type: 'StartOwner', host: 'host-b', software: '0.1.0', rules: 1 } as const

test('every start is recorded, also one after the other', () => {
  given().whenEachTime(start).thenExactly({ type: 'OwnerStarted', host: 'host-b', software: '0.1.0', rules: 1 })
  given(ownerReady()).whenEachTime(start).thenTypes('OwnerStarted')
})

test('a new owner never inherits an open dispatch', () => {
  given(ownerReady(), { type: 'OwnerStarted', host: 'host-b', software: '1', rules: 1 }, repositoryRegistered(), jobRequested('check'))
    .when({ type: 'OpenDispatch' })
    .thenExactly({ type: 'DispatchOpened' }, jobStarted('job_1', { host: 'host-b' }))
})

test('opening what is open and closing what is closed is already so', () => {
  given(ownerReady()).when({ type: 'OpenDispatch' }).thenNothing()
  given(ownerReady()).when({ type: 'CloseDispatch', reason: 'shutdown' }).thenExactly({ type: 'DispatchClosed', reason: 'shutdown' })
  given().when({ type: 'CloseDispatch', reason: 'shutdown' }).thenNothing()
})

test('nothing starts once the dispatch is closed', () => {
  given(ownerReady(), repositoryRegistered(), { type: 'DispatchClosed', reason: 'shutdown' }, jobRequested('check'))
    .when({ type: 'ChangeSettings', changes: { logRetentionDays: 1 } })
    .thenTypes('SettingsChanged')
})

test.run()
