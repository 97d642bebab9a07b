import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  afterFirst,
  backupRequested,
  cancelJob,
  jobFailed,
  memoryLedger,
  ownerReady,
  playerOn,
  repositoryRegistered,
  requestJob,
  workOf,
} from './index.js'

const newLedger = () => memoryLedger(ownerReady(), repositoryRegistered())
const types = (ledger: ReturnType<typeof newLedger>) =>
  ledger
    .history()
    .map(({ event }) => event.type)
    .slice(3)

test('what is submitted is decided, recorded at the present, and folded', () => {
  const ledger = newLedger()
  ledger.wait(500)
  const submitted = ledger.submit(requestJob())
  assert.ok(E.isRight(submitted))
  assert.equal(
    submitted.right.map(({ position, at }) => [position, at]),
    [
      [4, afterFirst(500)],
      [5, afterFirst(500)],
    ],
  )
  assert.equal(types(ledger), ['JobRequested', 'JobStarted'])
  assert.is(ledger.state().jobs.get('job_1')?.status, 'running')
})

test('a refusal and a mere consideration record nothing', () => {
  const ledger = newLedger()
  assert.ok(E.isLeft(ledger.submit(cancelJob('job_9'))))
  assert.ok(E.isRight(ledger.consider(requestJob())))
  assert.equal(types(ledger), [])
})

test('a fact that is recorded lets start what waited for it', () => {
  const ledger = newLedger()
  ledger.record(backupRequested('a'), backupRequested('b'))
  assert.equal(types(ledger), ['JobRequested', 'JobRequested', 'JobStarted', 'JobHeldBack'])
  ledger.record(jobFailed('a'))
  assert.equal(types(ledger).slice(4), ['JobFailed', 'JobStarted'])
})

test('a finished job is known to the command that is about it', () => {
  const ledger = newLedger()
  ledger.record(backupRequested(), jobFailed())
  assert.equal(ledger.submit(cancelJob()), E.left({ tag: 'AlreadyFinished', jobId: 'job_1', status: 'failed' }))
})

test('a player turns actions into commands, and ends a run as its work may end', () => {
  const ledger = newLedger()
  const play = playerOn(ledger)
  play({ do: 'request', request: requestJob('', { work: workOf('prune') }) })
  for (const _step of ['plan', 'prune']) {
    play({ do: 'prepare', nth: 0, missingSources: [] })
    play({ do: 'end', nth: 0, how: 'well' })
  }
  assert.equal(types(ledger), [
    ...['JobRequested', 'JobStarted', 'StepStarted', 'RunPrepared', 'RunEnded', 'StepFinished'],
    ...['StepStarted', 'RunPrepared', 'RunEnded', 'StepFinished', 'JobCompleted', 'LogRemovalDecided'],
  ])
  play({ do: 'restart', traces: { report: 'never', liveness: 'gone' } })
  assert.equal(types(ledger).slice(-2), ['OwnerStarted', 'DispatchOpened'])
})

test.run()
