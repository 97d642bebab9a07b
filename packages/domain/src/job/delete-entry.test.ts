import { backupRequested, backupRunning, given, jobCancelled, jobCompleted, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'

const deletion = { type: 'DeleteJobEntry', jobId: 'job_1' } as const
const deleted = { type: 'JobEntryDeleted', jobId: 'job_1' } as const

test('the entry of a finished job is deleted', () => {
  given(repositoryRegistered(), backupRunning(), jobCompleted()).when(deletion).thenExactly(deleted)
})

test('a pending job is cancelled and deleted in one commit', () => {
  given(repositoryRegistered(), backupRequested())
    .when(deletion)
    .thenExactly(jobCancelled('job_1', { verdict: { rule: 'entry-deleted', version: 1 } }), deleted)
})

test('the entry of a running job is not deleted', () => {
  given(repositoryRegistered(), backupRunning()).when(deletion).thenRefused('JobRunning', { jobId: 'job_1' })
})

test('deleting twice changes nothing, and an unknown job is named', () => {
  given(repositoryRegistered(), backupRunning(), jobCompleted(), deleted).when(deletion).thenNothing()
  given().when(deletion).thenRefused('JobNotFound', { jobId: 'job_1' })
})

test.run()
