import {
  backupRequested,
  backupRunning,
  given,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobStarted,
  repositoryRegistered,
  runLockedOut,
  runPrepared,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { DomainEvent, EventOf } from '../event.js'

type Traces = EventOf<'JobRecovered'>['traces']
type Decision = EventOf<'JobRecovered'>['decision']

const newOwner: DomainEvent = { type: 'OwnerStarted', host: 'host-b', software: '1', rules: 1 }
const adopting: DomainEvent = { type: 'SettingsChanged', changes: { recovery: 'adopt' } }
const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: 'wrong disk', force: false }
const recover = (traces: Traces) => ({ type: 'RecoverJob', jobId: 'job_1', traces }) as const
const recovered = (traces: Traces, decision: Decision): DomainEvent => ({ type: 'JobRecovered', jobId: 'job_1', traces, decision })
const running = given(repositoryRegistered(), backupRunning(), newOwner)

const alive: Traces = { report: 'none', liveness: 'alive' }
const gone: Traces = { report: 'none', liveness: 'gone' }
const unknown: Traces = { report: 'none', liveness: 'unknown' }
const ended: Traces = { report: 'ended', liveness: 'gone' }
const never: Traces = { report: 'never', liveness: 'gone' }

const interrupted = jobFailed('job_1', {
  error: { code: 'interrupted-by-restart', message: 'the host restarted before borg was started' },
  verdict: { rule: 'interrupted', version: 1 },
})

/** behaviour.md §3 of the specification, the row of backups. */
const table: ReadonlyArray<readonly [string, Traces, Decision, Decision]> = [
  ['lives', alive, 'stop', 'follow'],
  ['is gone and left no report', gone, 'fail', 'fail'],
  ['may live, and nobody can see it', unknown, 'leave', 'leave'],
  ['has ended and left its report', ended, 'follow', 'follow'],
]
for (const [what, traces, byDefault, byAdoption] of table) {
  test(`a backup whose process ${what}: ${byDefault} by default, ${byAdoption} under policy adopt`, () => {
    running.when(recover(traces)).thenExactly(recovered(traces, byDefault))
    given(repositoryRegistered(), adopting, backupRunning(), newOwner).when(recover(traces)).thenExactly(recovered(traces, byAdoption))
  })
}

test('a backup whose process was never started fails at once, without effect', () => {
  given(repositoryRegistered(), backupRequested(), jobStarted(), runPrepared(), newOwner)
    .when(recover(never))
    .thenExactly(recovered(never, 'fail'), interrupted)
})

test('a backup that was between two attempts, or before its first, fails at once', () => {
  given(repositoryRegistered(), backupRequested(), jobStarted(), newOwner)
    .when(recover(never))
    .thenExactly(recovered(never, 'fail'), interrupted)
  given(repositoryRegistered(), backupRunning(), runLockedOut(), newOwner)
    .when(recover(never))
    .thenExactly(recovered(never, 'fail'), { ...interrupted, logBytes: 512 })
})

test('a backup that was asked to stop is stopped even under policy adopt, and is cancelled when it never ran', () => {
  given(repositoryRegistered(), adopting, backupRunning(), asked, newOwner).when(recover(alive)).thenExactly(recovered(alive, 'stop'))
  given(repositoryRegistered(), backupRequested(), jobStarted(), runPrepared(), asked, newOwner)
    .when(recover(never))
    .thenExactly(recovered(never, 'fail'), jobCancelled())
})

test('the same look again changes nothing; another one is another decision', () => {
  const left = given(repositoryRegistered(), backupRunning(), newOwner, recovered(unknown, 'leave'))
  left.when(recover(unknown)).thenNothing()
  left.when(recover(gone)).thenExactly(recovered(gone, 'fail'))
})

test('the owner after the next one decides anew, so that a run is followed again', () => {
  given(repositoryRegistered(), adopting, backupRunning(), newOwner, recovered(alive, 'follow'), newOwner)
    .when(recover(alive))
    .thenExactly(recovered(alive, 'follow'))
})

test('a backup that an earlier owner began to stop stays a stopped one', () => {
  const stopped = [repositoryRegistered(), backupRunning(), newOwner, recovered(alive, 'stop'), newOwner]
  given(...stopped)
    .when(recover(ended))
    .thenExactly(recovered(ended, 'fail'))
  given(...stopped, adopting)
    .when(recover(alive))
    .thenExactly(recovered(alive, 'stop'))
})

test('cleanup has nothing to say of jobs that wait or are over', () => {
  given(repositoryRegistered(), backupRequested(), newOwner).when(recover(never)).thenNothing()
  for (const end of [jobCompleted(), jobFailed(), jobCancelled()])
    given(repositoryRegistered(), backupRunning(), end, newOwner).when(recover(gone)).thenNothing()
})

test('a job whose process cannot be seen keeps its claim', () => {
  given(repositoryRegistered(), backupRunning(), newOwner, recovered(unknown, 'leave'), backupRequested('job_2'))
    .when({ type: 'OpenDispatch' })
    .thenExactly({ type: 'DispatchOpened' }, { type: 'JobHeldBack', jobId: 'job_2', reason: 'limit-reached', jobs: ['job_1'] })
})

test.run()
