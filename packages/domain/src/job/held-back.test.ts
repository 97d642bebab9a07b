import { backupRequested, given, jobRequested, jobStarted, ownerReady, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'

const desk = repositoryRegistered('desk')
const limits = (changes: EventOf<'SettingsChanged'>['changes']): DomainEvent => ({ type: 'SettingsChanged', changes })
const exclusive = (jobId: string) => jobStarted(jobId)
const heldBack = (jobId: string, reason: 'limit-reached' | 'repository-busy', ...jobs: ReadonlyArray<string>) =>
  ({ type: 'JobHeldBack', jobId, reason, jobs }) as const

const waiting = (reason: 'limit-reached' | 'repository-busy', ...jobs: ReadonlyArray<string>) =>
  given(
    ownerReady(),
    repositoryRegistered(),
    jobRequested('check', 'x'),
    exclusive('x'),
    jobRequested('check', 'a'),
    heldBack('a', reason, ...jobs),
  )

test('being held back is recorded when it is news: another reason, or other jobs than any that were named', () => {
  const poke = { type: 'ChangeSettings', changes: { logRetentionDays: 7 } } as const
  waiting('repository-busy', 'x').when(poke).thenTypes('SettingsChanged')
  waiting('repository-busy', 'w', 'x').when(poke).thenTypes('SettingsChanged')
  waiting('repository-busy', 'w')
    .when(poke)
    .thenExactly({ type: 'SettingsChanged', changes: poke.changes }, heldBack('a', 'repository-busy', 'x'))
  waiting('limit-reached', 'x').when(poke).thenTypes('SettingsChanged', 'JobHeldBack')
})

test('who waited for a limit of 0 hears whom it waits for once the limit is another', () => {
  const asked = [limits({ maxConcurrentManualBackups: 0 }), backupRequested('a', { repositoryId: 'desk' }), heldBack('a', 'limit-reached')]
  const other = [backupRequested('m'), exclusive('m')]
  given(ownerReady(), repositoryRegistered(), desk, other, asked)
    .when({ type: 'ChangeSettings', changes: { maxConcurrentManualBackups: 1 } })
    .thenExactly(limits({ maxConcurrentManualBackups: 1 }), heldBack('a', 'limit-reached', 'm'))
})

test.run()
