import { backupRunning, jobRequested, jobStarted } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import type { JobEvent } from '../job/index.js'
import { foldJob } from './fold-job.js'
import type { Job } from './job.js'

const maintenanceOf = (...events: ReadonlyArray<DomainEvent>): Job['maintenance'] | undefined => {
  let job: Job | undefined
  for (const [index, event] of events.entries())
    job = foldJob('job_1', job, { event: event as JobEvent, position: index + 1, at: '2026-11-03T02:13:00.000Z', actor: 'a' })
  return job?.maintenance
}

test('a backup shows how far its maintenance is, by its own steps; a prune by itself shows none', () => {
  const began = (step: string): DomainEvent => ({ type: 'StepStarted', jobId: 'job_1', step })
  const ended = (step: string, outcome: 'success' | 'failure' | 'cancelled'): DomainEvent => ({
    type: 'StepFinished',
    jobId: 'job_1',
    step,
    outcome,
    error: outcome === 'failure' ? { code: 'borg-failed', message: 'x' } : null,
    warnings: [],
  })
  const maintenance = (...events: ReadonlyArray<DomainEvent>) => maintenanceOf(...backupRunning(), ...events)
  assert.is(maintenance(ended('create', 'success')), null)
  assert.is(maintenance(began('prune')), 'running_prune')
  assert.is(maintenance(began('prune'), ended('prune', 'success')), 'prune_completed')
  assert.is(maintenance(began('prune'), ended('prune', 'failure')), 'prune_failed')
  assert.is(maintenance(began('prune'), ended('prune', 'cancelled')), 'prune_failed')
  assert.is(maintenance(began('prune'), ended('prune', 'success'), began('compact')), 'running_compact')
  assert.is(maintenance(began('compact'), ended('compact', 'success')), 'compact_completed')
  assert.is(maintenance(began('compact'), ended('compact', 'failure')), 'compact_failed')
  assert.is(maintenanceOf(jobRequested('prune'), jobStarted(), began('prune')), null)
})

test.run()
