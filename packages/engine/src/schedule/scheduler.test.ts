import { evolveAll } from '@borgledger/domain'
import { addSchedule, virtualClock, workOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { days, hourMs, nightly, ready, running, store } from '../fixtures/running-scheduler.js'

test('an instant fires when the clock shows it, to the second', async () => {
  const ledger = running()
  await ledger.add({ cron: '10 0 2 * * *' })
  await ledger.pass(2 * hourMs + 9_999)
  assert.equal(await ledger.outcomes(), [])
  await ledger.pass(1)
  assert.equal(await ledger.outcomes(), ['11-03T02:00 fired at 11-03T02:00:10'])
  await ledger.pass(2 * hourMs)
  assert.is((await ledger.outcomes()).length, 1)
  await ledger.scheduler.close()
})

test('an instant that comes due while the one before it is recorded is not left to the minute', async () => {
  const log = store()
  const clock = virtualClock('2026-11-03T00:00:00.000Z')
  const slow = {
    ...log,
    append: (commit: Parameters<typeof log.append>[0]) => {
      if (commit.events.some(({ type }) => type === 'TickFired')) clock.advance(1_500)
      return log.append(commit)
    },
  }
  const ledger = running(slow, clock)
  await ledger.add({ cron: '* * * * * *', overlap: 'allow' })
  clock.advance(1_000)
  await ledger.scheduler.look()
  assert.is((await ledger.outcomes()).length, 1)
  assert.is(clock.waiting()[0], clock.now())
  await ledger.scheduler.close()
})

test('a schedule that is changed is due by its new rhythm, without waiting for the old one', async () => {
  const ledger = running()
  await ledger.add(nightly)
  const schedule = ledger.submitter.state().schedules.byId.get('nightly')
  assert.ok(schedule)
  const definition = { ...schedule.definition, cron: '*/30 * * * *' }
  const due = { revision: schedule.revision, after: schedule.accountedUntil, until: ledger.clock.now(), count: 0, first: null, newest: [] }
  await ledger.submitter.submit({ command: { type: 'ChangeSchedule', scheduleId: 'nightly', definition, due }, actor: 'user:anna' })()
  await ledger.pass(hourMs)
  assert.equal(await ledger.outcomes(), ['11-03T00:30 fired at 11-03T00:30:00', '11-03T01:00 fired at 11-03T01:00:00'])
  await ledger.scheduler.close()
})

test('once closed it fires nothing', async () => {
  const ledger = running()
  await ledger.add(nightly)
  await ledger.scheduler.close()
  await ledger.pass(days(2))
  assert.equal(await ledger.outcomes(), [])
  assert.equal(ledger.clock.waiting(), [])
})

test('while no host starts jobs, the instant of a check waits; a minute after the dispatch opens it has been seen to', async () => {
  const ledger = running()
  await ledger.add({ job: { work: workOf('check'), repositoryId: 'laptop' } })
  await ledger.submitter.submit({ command: { type: 'CloseDispatch', reason: 'test' }, actor: 'system:owner' })()
  await ledger.pass(3 * hourMs)
  assert.equal(await ledger.outcomes(), [])
  await ledger.submitter.submit({ command: { type: 'OpenDispatch' }, actor: 'system:owner' })()
  assert.match((await ledger.outcomes())[0] ?? '', /^11-03T02:00 fired at 11-03T03:00/)
  await ledger.scheduler.close()
})

test('a schedule of which nobody can say when it is due is told of, and keeps no other from firing', async () => {
  const definition = { ...addSchedule().definition, timeZone: 'Mars/Olympus' }
  const strange = { type: 'ScheduleAdded', scheduleId: 'strange', definition, accountedUntil: '2026-11-03T00:00:00.000Z' } as const
  const state = evolveAll(ready, [{ event: strange, position: 0, at: '2026-11-03T00:00:00.000Z', actor: 'user:anna' }])
  const clock = virtualClock('2026-11-03T00:00:00.000Z')
  const ledger = running(store(), clock, state)
  await ledger.add(nightly)
  await ledger.pass(2 * hourMs)
  assert.equal(ledger.troubles, ['strange'])
  const { open, accountedUntil } = ledger.submitter.state().schedules.byId.get('nightly') ?? {}
  assert.equal([open, accountedUntil], [[], '2026-11-03T02:00:00.000Z'])
  await ledger.scheduler.close()
})

test('a log that takes nothing delays an instant to the next look, without a storm of attempts', async () => {
  const log = store()
  let attempts = 0
  let full = false
  const failing = {
    ...log,
    append: (commit: Parameters<typeof log.append>[0]) => {
      attempts += 1
      return full ? async () => ({ _tag: 'Left', left: { tag: 'Full', detail: 'no space' } }) as const : log.append(commit)
    },
  }
  const ledger = running(failing)
  await ledger.add(nightly)
  full = true
  attempts = 0
  await ledger.pass(2 * hourMs)
  assert.is(attempts, 1)
  full = false
  await ledger.pass(60_000)
  assert.equal(await ledger.outcomes(), ['11-03T02:00 fired at 11-03T02:00:30'])
  await ledger.scheduler.close()
})

test.run()
