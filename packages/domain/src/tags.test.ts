import { backupRequested, everyEvent, jobCancelled, jobRequested, repositoryRegistered } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from './event.js'
import { foresee, initialState } from './state.js'
import { tagsOf } from './tags.js'

const dueAt = '2026-11-03T02:00:00.000Z'
const after = (...events: ReadonlyArray<DomainEvent>) => {
  const { jobs } = foresee(initialState, [repositoryRegistered(), ...events], { at: dueAt, actor: 'user:anna' })
  return (jobId: string) => jobs.get(jobId)
}
const end = jobCancelled()

test('every event has a tag, and each names a noun and an id', () => {
  for (const events of Object.values(everyEvent) as ReadonlyArray<ReadonlyArray<DomainEvent>>)
    for (const event of events) {
      const tags = tagsOf(event, after(backupRequested()))
      assert.ok(tags.length > 0, event.type)
      for (const tag of tags) assert.match(tag, /^[a-z-]+:.+$/)
    }
})

test('an event of a job is found by the job and by its repository', () => {
  assert.equal(tagsOf(end, after(backupRequested())), ['job:job_1', 'repository:laptop'])
  assert.equal(tagsOf(backupRequested(), after()), ['job:job_1', 'repository:laptop'])
  assert.equal(tagsOf(jobRequested('package-install'), after()), ['job:job_1'])
})

test('an event of a scheduled job is found by its schedule, of a child by its parent', () => {
  const scheduled = backupRequested('job_1', { trigger: { kind: 'schedule', scheduleId: 's', dueAt } })
  const runNow = backupRequested('job_1', { trigger: { kind: 'manual', scheduleId: 's' } })
  const child = jobRequested('prune', 'job_1', { trigger: { kind: 'parent', jobId: 'job_0' } })
  for (const request of [scheduled, runNow])
    for (const tags of [tagsOf(request, after()), tagsOf(end, after(request))])
      assert.equal(tags, ['job:job_1', 'repository:laptop', 'schedule:s'])
  assert.equal(tagsOf(end, after(child)), ['job:job_1', 'repository:laptop', 'job:job_0'])
})

test.run()
