import {
  archiveMade,
  backupRequested,
  backupRunning,
  cancelJob,
  dueUntil,
  evidence,
  evidenceOf,
  failedEvidence,
  given,
  jobRunning,
  jobStarted,
  memoryLedger,
  notificationQueued,
  ownerReady,
  playerOn,
  propertySettings,
  reportRunEnded,
  repositoryRegistered,
  requestJob,
  scheduleAdded,
  targetAdded,
  workOf,
} from '@borgledger/testkit'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Command } from '../command.js'
import type { DomainEvent } from '../event.js'
import { lives, newLedger } from '../fixtures/lives.js'
import type { JobType, RunEvidence } from '../job/index.js'
import { Occasion } from './index.js'

const occasions = Object.keys(Occasion.keys) as ReadonlyArray<Occasion>
const everything = targetAdded('phone', { occasions })
const failing = reportRunEnded('job_1', { evidence: failedEvidence() })
const scene = (...targets: ReadonlyArray<DomainEvent>) => given(ownerReady(), repositoryRegistered(), repositoryRegistered('desk'), targets)

/** The notifications that the decision queues, as `target notification`. */
const toldBy = (decision: E.Either<unknown, ReadonlyArray<DomainEvent>>): ReadonlyArray<string> =>
  E.isLeft(decision)
    ? [`refused: ${JSON.stringify(decision.left)}`]
    : decision.right.flatMap((event) => (event.type === 'NotificationQueued' ? [`${event.targetId} ${event.notification}`] : []))

test('a job that fails is told of in the commit of its end', () => {
  given(repositoryRegistered(), targetAdded(), backupRunning())
    .when(failing)
    .thenTypes('RunEnded', 'StepFinished', 'JobFailed', 'NotificationQueued')
  const { decision } = given(repositoryRegistered(), targetAdded(), backupRunning()).when(failing)
  assert.equal(E.isRight(decision) && decision.right.at(-1), notificationQueued())
})

test('a start is told of in the commit that starts it, whoever made room for it', () => {
  assert.equal(toldBy(scene(everything).when(requestJob()).decision), ['phone backup-start'])
  const waiting = given(ownerReady(), repositoryRegistered(), everything, backupRunning(), backupRequested('job_2'))
  assert.equal(toldBy(waiting.when(failing).decision), ['phone backup-failure', 'phone backup-start'])
})

const kinds: ReadonlyArray<readonly [JobType, failure: string | null]> = [
  ['backup', 'backup-failure'],
  ['restore', 'restore-failure'],
  ['check', 'check-failure'],
  ['restore-check', 'restore-check-failure'],
  ['compact', null],
  ['archive-delete', null],
]
for (const [type, failure] of kinds)
  test(`the failure of a ${type} is ${failure === null ? 'told of to nobody' : `told of as ${failure}`}`, () => {
    const running = given(repositoryRegistered(), everything, jobRunning(type))
    const resolve: Command = {
      type: 'ResolveJob',
      jobId: 'job_1',
      state: 'failed',
      reason: 'x',
      traces: { report: 'none', liveness: 'gone' },
    }
    const unseen: DomainEvent = { type: 'JobRecovered', jobId: 'job_1', traces: { report: 'none', liveness: 'unknown' }, decision: 'leave' }
    assert.equal(
      toldBy(running.later('2026-11-03T02:14:00.000Z', unseen).when(resolve).decision),
      failure === null ? [] : [`phone ${failure}`],
    )
  })

const ends: ReadonlyArray<readonly [JobType, evidence: RunEvidence, success: string]> = [
  ['backup', evidence({ archive: archiveMade() }), 'backup-success'],
  ['backup', evidence({ archive: archiveMade(), exit: { code: 107, signal: null } }), 'backup-warning'],
  ['restore', evidenceOf('extract'), 'restore-success'],
  ['check', evidenceOf('check'), 'check-success'],
  ['restore-check', evidenceOf('restore-check'), 'restore-check-success'],
]
for (const [type, seen, success] of ends)
  test(`a ${type} that ends well is told of as ${success}`, () => {
    const running = given(repositoryRegistered(), everything, jobRunning(type))
    assert.equal(toldBy(running.when(reportRunEnded('job_1', { evidence: seen })).decision), [`phone ${success}`])
  })

test('a target is told only what it asked for, of the repositories that it asked for', () => {
  const targets = [
    targetAdded('starts', { occasions: ['backup-start'] }),
    targetAdded('nothing', { occasions: [] }),
    targetAdded('elsewhere', { repositories: ['desk'] }),
    targetAdded('here', { repositories: ['desk', 'laptop'] }),
    targetAdded('all'),
  ]
  const running = given(repositoryRegistered(), targets, backupRunning())
  assert.equal(toldBy(running.when(failing).decision), ['here backup-failure', 'all backup-failure'])
})

test('a cancelled job is told of to nobody', () => {
  const running = given(repositoryRegistered(), everything, backupRunning())
  assert.equal(toldBy(given(repositoryRegistered(), everything, backupRequested()).when(cancelJob()).decision), [])
  const asked: DomainEvent = { type: 'CancelRequested', jobId: 'job_1', reason: '', force: false }
  const stopped = failedEvidence({ exit: { code: 143, signal: null } })
  const { decision } = running.later('2026-11-03T02:14:00.000Z', asked).when(reportRunEnded('job_1', { evidence: stopped }))
  assert.equal(toldBy(decision), [])
})

test('what start-up cleanup fails is told of, though nothing is dispatched yet', () => {
  const restarted = ownerReady('host-b').slice(0, 1)
  const found = given(repositoryRegistered(), everything, backupRequested(), jobStarted(), restarted)
  const { decision } = found.when({ type: 'RecoverJob', jobId: 'job_1', traces: { report: 'never', liveness: 'gone' } })
  assert.equal(toldBy(decision), ['phone backup-failure'])
})

test('a job that is part of another one is told of with that one', () => {
  const parent = backupRequested('job_0', { work: { ...workOf('backup'), spec: { sources: ['/'], compact: true } } })
  const child = { type: 'parent', jobId: 'job_0' } as const
  const running = given(
    repositoryRegistered(),
    everything,
    parent,
    jobStarted('job_0'),
    jobRunning('check', 'job_1', 1, { trigger: { kind: child.type, jobId: child.jobId } }),
  )
  assert.equal(toldBy(running.when(failing).decision), [])
})

test('a delivery names the schedule of its job', () => {
  const asked = requestJob('job_1', { trigger: { kind: 'manual', scheduleId: 'every-night' } })
  const { decision } = scene(everything).when(asked)
  const queued = E.isRight(decision) ? decision.right.find((event) => event.type === 'NotificationQueued') : undefined
  assert.equal(queued?.about, { jobId: 'job_1', repositoryId: 'laptop', scheduleId: 'every-night', detail: null })
})

test('without a target nothing is queued', () => {
  given(repositoryRegistered(), backupRunning()).when(failing).thenTypes('RunEnded', 'StepFinished', 'JobFailed')
})

const isTold = (event: DomainEvent, type: JobType | undefined): boolean => {
  if (event.type === 'JobStarted') return type === 'backup'
  return (
    (event.type === 'JobCompleted' || event.type === 'JobFailed') && ['backup', 'restore', 'check', 'restore-check'].includes(type ?? '')
  )
}

test('in every life, each commit tells of exactly what it records, and nothing is ever told twice', () => {
  fc.assert(
    fc.property(lives, (actions) => {
      const ledger = newLedger()
      const types = new Map<string, JobType>()
      const told: string[] = []
      const submit: typeof ledger.submit = (command) => {
        const decided = ledger.submit(command)
        const events = E.isRight(decided) ? decided.right.map(({ event }) => event) : []
        for (const event of events)
          if (event.type === 'JobRequested' && event.trigger.kind !== 'parent') types.set(event.jobId, event.work.type)
        const queued = events.filter((event) => event.type === 'NotificationQueued')
        assert.is(queued.length, events.filter((event) => isTold(event, 'jobId' in event ? types.get(event.jobId) : undefined)).length)
        told.push(...queued.map(({ deliveryId }) => deliveryId))
        return decided
      }
      actions.forEach(playerOn({ ...ledger, submit }))
      assert.is(new Set(told).size, told.length)
    }),
    propertySettings(60),
  )
})

test('a schedule whose job cannot be made is told of once, at the first attempt', () => {
  const ledger = memoryLedger(ownerReady(), scheduleAdded(), everything)
  const told = (command: Command): ReadonlyArray<string> => toldBy(ledger.consider(command))
  ledger.wait(24 * 3_600_000)
  const due: Command = { type: 'FireDue', scheduleId: 'nightly', due: dueUntil(ledger.state(), ledger.now()) }
  assert.equal(told(due), ['phone schedule-failure'])
  ledger.submit(due)
  ledger.wait(60_000)
  assert.equal(told({ type: 'TendSchedules' }), [])
  ledger.wait(48 * 3_600_000)
  assert.equal(told({ type: 'TendSchedules' }), [])
  const queued = ledger.history().find(({ event }) => event.type === 'NotificationQueued')?.event
  assert.ok(queued?.type === 'NotificationQueued')
  assert.equal([queued.about.scheduleId, queued.about.repositoryId], ['nightly', 'laptop'])
  assert.match(queued.about.detail ?? '', 'there is no repository laptop')
})

test.run()
