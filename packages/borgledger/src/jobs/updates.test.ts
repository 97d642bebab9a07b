import { foldJob, type Job } from '@borgledger/domain'
import { type ProjectorState, systemClock } from '@borgledger/engine'
import { afterFirst, backupDone } from '@borgledger/testkit'
import { BehaviorSubject, EMPTY } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { followJob } from './updates.js'

/** The record after so many of its events. */
const recordAfter = (count: number): Job => {
  let job: Job | undefined
  for (const [index, event] of backupDone('job_1').slice(0, count).entries()) {
    if ('jobId' in event) job = foldJob('job_1', job, { event, position: index + 1, at: afterFirst(index), actor: 'user:anna' })
  }
  if (job === undefined) throw new Error('there is no record')
  return job
}

test('who follows a job sees its end once tables that were late have caught up, though nothing more happens to it', async () => {
  const late = { tag: 'ProjectionFailed', position: 4, message: 'no space', passing: true } as const
  const state$ = new BehaviorSubject<ProjectorState>({ position: 3, parked: late })
  let record = recordAfter(5)
  const engine = { committed$: EMPTY, live: { changes$: EMPTY }, projector: { state$ } }
  const { signal: closing } = new AbortController()
  const look = async (): Promise<Job> => record
  const states: string[] = []
  for await (const job of followJob('job_1', { engine, clock: systemClock, withProgress: true, look, closing, leaving: undefined })) {
    states.push(job.state)
    record = recordAfter(8)
    state$.next({ position: 4, parked: null })
  }
  assert.equal(states, ['running', 'completed'])
})

test('who follows a job when the ledger closes sees it once more at once, and then no more', async () => {
  const ending = new AbortController()
  const engine = { committed$: EMPTY, live: { changes$: EMPTY }, projector: { state$: EMPTY } }
  const never = { ...systemClock, after: () => ({ cancel: () => undefined }) }
  let record = recordAfter(5)
  const look = async (): Promise<Job> => record
  const followed = followJob('job_1', { engine, clock: never, withProgress: false, look, closing: ending.signal, leaving: undefined })
  assert.is((await followed.next()).value?.state, 'running')
  const next = followed.next()
  record = recordAfter(8)
  ending.abort()
  assert.is((await next).value?.state, 'completed')
  assert.equal(await followed.next(), { value: undefined, done: true })
})

test.run()
