import { atFirst, backupRunning, jobCompleted, jobFailed, notificationQueued } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { JobEvent } from '../job/index.js'
import { foldJob, type Job } from '../views/index.js'
import { messageOf } from './index.js'
import { evolveNotifications, noNotifications } from './state.js'

const meta = { at: atFirst, actor: 'user:anna' }
const jobAfter = (...events: ReadonlyArray<unknown>): Job => {
  const all = [...backupRunning(), ...events] as ReadonlyArray<JobEvent>
  const job = all.reduce<Job | undefined>(
    (before, event, index) => foldJob('job_1', before, { event, position: index + 1, ...meta }),
    undefined,
  )
  if (job === undefined) throw new Error('it was never requested')
  return job
}
const deliveryOf = (event = notificationQueued()) => {
  const { outbox } = evolveNotifications(noNotifications, { event, position: 9, ...meta })
  const [delivery] = outbox.values()
  if (delivery === undefined) throw new Error('it was not queued')
  return delivery
}

test('a failure is told with its reason, field by field and in words', () => {
  const job = jobAfter(jobFailed('job_1', { error: { code: 'no-space', message: 'the disk is full' }, effect: 'none' }))
  const message = messageOf(deliveryOf(), job, 'Laptop')
  assert.equal([message.id, message.notification, message.at], ['job_1:backup-failure:phone', 'backup-failure', atFirst])
  assert.is(message.title, 'Backup failed: Laptop')
  assert.is(message.text, `the disk is full (no-space)\nJob: job_1\nStarted: ${atFirst}\nEnded: ${atFirst}`)
  assert.equal([message.job?.state, message.job?.error?.code, message.job?.effect], ['failed', 'no-space', 'none'])
  assert.equal(message.repository, { id: 'laptop', name: 'Laptop' })
})

test('warnings and the archive are told', () => {
  const warnings = [{ code: 'borg-warning', message: 'unreadable: /x', count: 3 }]
  const job = jobAfter(jobCompleted('job_1', { outcome: 'warning', warnings, archive: 'laptop-1' }))
  const { text } = messageOf(deliveryOf(notificationQueued({ notification: 'backup-warning' })), job, 'Laptop')
  assert.match(text, /^Warning: unreadable: \/x \(borg-warning, 3 times\)\nArchive: laptop-1\n/)
})

test('what is about no job is told by its detail, and a repository that is gone by its id', () => {
  const about = { jobId: null, scheduleId: 'every-night', detail: 'there is no repository laptop' }
  const message = messageOf(deliveryOf(notificationQueued({ notification: 'schedule-failure' }, about)), null, null)
  assert.equal(
    [message.title, message.text],
    ['A scheduled job could not be created: laptop', 'there is no repository laptop\nSchedule: every-night'],
  )
  assert.equal([message.job, message.scheduleId, message.repository], [null, 'every-night', { id: 'laptop', name: 'laptop' }])
})

test('a test says that it is one', () => {
  const message = messageOf(deliveryOf(notificationQueued({ notification: 'test' }, { jobId: null, repositoryId: null })), null, null)
  assert.equal([message.title, message.text], ['Test of this notification target', 'Notifications reach this target.'])
})

test.run()
