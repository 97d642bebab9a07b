import { backupRunning, jobFailed, memoryLedger, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('a log is due from the decision to remove it until it is gone, though its job is long over', () => {
  const ledger = memoryLedger(repositoryRegistered(), backupRunning(), jobFailed('job_1', { logBytes: 512 }))
  assert.is(ledger.state().logsDue.size, 0)
  ledger.submit({ type: 'RemoveLog', jobId: 'job_1', reason: 'age' })
  assert.equal([...ledger.state().logsDue], [['job_1', 'age']])
  ledger.submit({ type: 'ReportLogRemoved', jobId: 'job_1' })
  assert.is(ledger.state().logsDue.size, 0)
})

test.run()
