import {
  addSchedule,
  backupRunning,
  given,
  type MemoryLedger,
  memoryLedger,
  noDue,
  ownerReady,
  repositoryRegistered,
  scheduleAdded,
  scheduleDefinition,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { changing, fire, firedAs, hourMs, outcomes, removing, schedule } from './fixtures/ticking.js'

const laptop = given(ownerReady(), repositoryRegistered())

test('a schedule is added once, and is accounted for from then on', () => {
  laptop.when(addSchedule()).thenExactly(scheduleAdded())
  given(repositoryRegistered(), scheduleAdded()).when(addSchedule()).thenRefused('IdTaken', { id: 'nightly' })
})

test('what is wrong with a schedule is said by field', () => {
  const pathsOf = (over: Parameters<typeof addSchedule>[1]): unknown => {
    const { decision } = laptop.when(addSchedule('nightly', over))
    return decision._tag === 'Left' && decision.left.tag === 'InvalidBody' && decision.left.problems.map(({ path }) => path)
  }
  assert.equal(pathsOf({ cron: 'nightly', timeZone: 'Mars/Olympus' }), ['cron', 'timeZone'])
  const prune = { type: 'prune', spec: { keep: { daily: 7 } } } as const
  assert.equal(pathsOf({ job: { work: prune, repositoryId: 'laptop' } }), ['job.series'])
  assert.equal(pathsOf({ job: { work: workOf('package-install'), repositoryId: null } }), ['job.package'])
  const elsewhere = addSchedule('nightly', { job: { work: workOf('backup'), repositoryId: 'nowhere' } })
  laptop.when(elsewhere).thenRefused('RepositoryNotFound', { repositoryId: 'nowhere' })
})

test('an unknown schedule is told so', () => {
  for (const command of [
    { type: 'ChangeSchedule', scheduleId: 'x', definition: scheduleDefinition(), due: noDue },
    { type: 'RemoveSchedule', scheduleId: 'x', due: noDue },
    { type: 'RunSchedule', scheduleId: 'x', jobId: 'job_1' },
    { type: 'FireDue', scheduleId: 'x', due: noDue },
  ] as const)
    laptop.when(command).thenRefused('ScheduleNotFound', { scheduleId: 'x' })
})

const nightly = (over: Parameters<typeof scheduleAdded>[1] = {}): MemoryLedger =>
  memoryLedger(ownerReady(), repositoryRegistered(), scheduleAdded('nightly', over))

test('a due instant makes its job in the same commit, and the job starts in it too', () => {
  const ledger = nightly()
  ledger.wait(24 * hourMs)
  assert.equal(fire(ledger), ['TickFired', 'JobRequested', 'JobStarted'])
  const [fired, requested] = ledger.history().slice(-3)
  assert.equal(fired?.event, firedAs('2026-11-04T02:00:00.000Z'))
  assert.ok(requested?.event.type === 'JobRequested')
  assert.is(requested.event.jobId, 'job_nightly-20261104T020000Z')
  assert.equal(requested.event.trigger, { kind: 'schedule', scheduleId: 'nightly', dueAt: '2026-11-04T02:00:00.000Z' })
  assert.equal([requested.event.slot, requested.event.series], ['scheduled-backup', 'nightly'])
})

test('an instant that fired fires no more, however often it is found due', () => {
  const ledger = nightly()
  ledger.wait(24 * hourMs)
  const due = { type: 'FireDue', scheduleId: 'nightly', due: schedule(ledger).due } as const
  ledger.submit(due)
  assert.equal(ledger.submit(due), { _tag: 'Right', right: [] })
  assert.equal(fire(ledger), [])
  ledger.wait(-24 * hourMs)
  assert.equal(fire(ledger), [])
})

test('run by hand, a schedule makes a job of its own, and no due instant is touched', () => {
  const ledger = nightly()
  ledger.submit({ type: 'RunSchedule', scheduleId: 'nightly', jobId: 'job_1' })
  const job = ledger.state().jobs.get('job_1')
  assert.equal(job?.trigger, { kind: 'manual', scheduleId: 'nightly' })
  assert.is(job?.slot, 'manual-backup')
  assert.equal(outcomes(ledger), [])
})

test('a changed schedule is due by its new definition from the change on, and what came due before is accounted for by the old one', () => {
  const ledger = nightly()
  ledger.wait(25 * hourMs)
  ledger.submit(changing(ledger, { cron: '0 5 * * *' }))
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z fired'])
  ledger.wait(24 * hourMs)
  fire(ledger)
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z fired', '2026-11-04T05:00:00.000Z overlap'])
})

test('a change that changes nothing is already so, and one that was made for an earlier state is to be made again', () => {
  const ledger = nightly()
  const early = changing(ledger, { cron: '0 5 * * *' })
  assert.equal(ledger.submit(changing(ledger, {})), { _tag: 'Right', right: [] })
  ledger.wait(24 * hourMs)
  fire(ledger)
  assert.equal(ledger.submit(early), { _tag: 'Left', left: { tag: 'ScheduleMoved', scheduleId: 'nightly' } })
})

test('of a disabled schedule every instant is skipped, as one range, when it is enabled again', () => {
  const ledger = nightly()
  ledger.submit(changing(ledger, { enabled: false }))
  ledger.wait(10 * 24 * hourMs)
  ledger.submit(changing(ledger, { enabled: true }))
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z..2026-11-13T02:00:00.000Z disabled ×10'])
})

test('a schedule is disabled, and changed in its job, though its repository is gone', () => {
  const ledger = nightly()
  ledger.submit({ type: 'RemoveRepository', repositoryId: 'laptop' })
  assert.is(ledger.submit(changing(ledger, { enabled: false }))._tag, 'Right')
  const job = { work: workOf('check'), repositoryId: 'laptop' }
  assert.equal(ledger.submit(changing(ledger, { job })), { _tag: 'Left', left: { tag: 'RepositoryNotFound', repositoryId: 'laptop' } })
})

test('a removed schedule leaves no instant open, and one of the same id fires none of its instants again', () => {
  const ledger = nightly()
  ledger.wait(24 * hourMs)
  fire(ledger)
  ledger.submit(removing(ledger))
  ledger.wait(-2 * hourMs)
  ledger.submit(addSchedule())
  ledger.wait(2 * hourMs)
  assert.equal(fire(ledger), [])
  assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z fired'])
})

test('a due instant that waits is over when its schedule is disabled or removed', () => {
  for (const end of [(ledger: MemoryLedger) => changing(ledger, { enabled: false }), removing]) {
    const ledger = nightly({ overlap: 'queue-one' })
    ledger.record(
      ...backupRunning('job_9').map((event) =>
        'trigger' in event ? { ...event, trigger: { kind: 'manual', scheduleId: 'nightly' } as const } : event,
      ),
    )
    ledger.wait(24 * hourMs)
    assert.equal(fire(ledger), ['TickQueued'])
    ledger.submit(end(ledger))
    assert.equal(outcomes(ledger), ['2026-11-04T02:00:00.000Z disabled'])
  }
})

test.run()
