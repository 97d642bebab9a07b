import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { heard, openScene, register, requestBackup, type Scene, typesOf } from '../fixtures/running-engine.js'
import type { JobLogs } from '../ports/job-logs.js'

/** A log for each job named; one of `stuck` cannot be removed. */
const logsOf = (
  jobIds: ReadonlyArray<string>,
  stuck: ReadonlyArray<string> = [],
): JobLogs & { readonly left: () => ReadonlyArray<string> } => {
  const there = new Set(jobIds)
  return {
    size: () => () => Promise.resolve(null),
    read: () => () => Promise.resolve(null),
    tailStart: () => () => Promise.resolve(0),
    jobIds: () => Promise.resolve([...there]),
    remove: (jobId) => () => Promise.resolve(stuck.includes(jobId) ? E.left({ message: 'stuck' }) : E.right(there.delete(jobId))),
    left: () => [...there],
  }
}

const finishAndDelete = async (scene: Scene, jobId: string): Promise<void> => {
  await register(scene)
  await requestBackup(scene, jobId)
  await heard(scene, jobId, 'JobCompleted')
  await scene.engine.submit({ command: { type: 'DeleteJobEntry', jobId }, actor: 'user:anna' })()
}

test('the log of a job goes with its entry, and the events say so', async () => {
  const logs = logsOf(['job_1', 'job_2'])
  const scene = await openScene({ logs })
  await finishAndDelete(scene, 'job_1')
  await heard(scene, 'job_1', 'LogRemoved')
  assert.equal(logs.left(), ['job_2'])
  await scene.engine.close(0)
})

test('a log that cannot be removed keeps no entry, and is removed at the next start', async () => {
  const before = await openScene({ logs: logsOf(['job_1'], ['job_1']) })
  await finishAndDelete(before, 'job_1')
  await before.engine.projector.reached(before.engine.state().position)
  await before.engine.close(0)
  assert.not((await typesOf(before, 'job_1')).includes('LogRemoved'))
  const logs = logsOf(['job_1', 'job_of_somebody'])
  const after = await openScene({ ...before, logs })
  await heard(after, 'job_1', 'LogRemoved')
  assert.equal(logs.left(), ['job_of_somebody'])
  await after.engine.close(0)
})

test.run()
