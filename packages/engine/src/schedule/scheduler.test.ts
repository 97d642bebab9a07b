import { evolveAll, initialState, type ScheduleDefinition } from '@borgledger/domain'
import { inMemoryEventStore } from '@borgledger/eventstore'
import {
  addSchedule,
  countingIds,
  everyDueInstantHasOneOutcome,
  ownerReady,
  repositoryRegistered,
  scriptedRunner,
  type VirtualClock,
  virtualClock,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../feed/decode.js'
import { createSubmitter, type Submitter } from '../submit/submitter.js'
import { type Scheduler, startScheduler } from './scheduler.js'

const hourMs = 3_600_000
const store = () => inMemoryEventStore()
const ready = evolveAll(
  initialState,
  [...ownerReady(), repositoryRegistered()].map((event) => ({ event, position: 0, at: '2026-11-03T00:00:00.000Z', actor: 'user:anna' })),
)

interface Running {
  readonly clock: VirtualClock
  readonly submitter: Submitter
  readonly scheduler: Scheduler
  readonly troubles: string[]
  readonly add: (over?: Partial<ScheduleDefinition>, id?: string) => Promise<void>
  /** Time passes, and the scheduler comes to rest. */
  readonly pass: (ms: number) => Promise<void>
  /** What became of the due instants so far. */
  readonly outcomes: () => Promise<ReadonlyArray<string>>
}

const running = (log = store(), clock = virtualClock('2026-11-03T00:00:00.000Z'), state = ready): Running => {
  const submitter = createSubmitter({ store: log, clock, ids: countingIds(clock.now()), state })
  const troubles: string[] = []
  const runner = scriptedRunner()
  const scheduler = startScheduler({ submitter, clock, runner, onScheduleTrouble: (id) => troubles.push(id) })
  const history = async () => {
    const pages = []
    for await (const page of log.read('all')) pages.push(decodePage(page))
    return pages.flat()
  }
  return {
    clock,
    submitter,
    scheduler,
    troubles,
    add: async (over, id) => {
      const added = await submitter.submit({ command: addSchedule(id, over), actor: 'user:anna' })()
      assert.is(added._tag, 'Right')
      await scheduler.look()
    },
    pass: async (ms) => {
      // In steps, as real time does: what an alarm leads to may set the next one.
      for (let leftMs = ms; leftMs > 0; leftMs -= 30_000) {
        clock.advance(Math.min(30_000, leftMs))
        await scheduler.look()
      }
    },
    outcomes: async () => {
      everyDueInstantHasOneOutcome(await history(), submitter.state().schedules)
      return (await history()).flatMap(({ event, at }) => {
        if (event.type === 'TickFired') return [`${event.dueAt.slice(5, 16)} fired at ${at.slice(5, 19)}`]
        return event.type === 'TicksSkipped' ? [`${event.dueAt.slice(5, 16)} ${event.reason} ×${event.count}`] : []
      })
    },
  }
}

const days = (count: number): number => count * 24 * hourMs
/** Jobs do not end here: schedules may overlap with themselves. */
const nightly = { cron: '0 2 * * *', overlap: 'allow' } as const

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

test('a clock that is set a day on fires once and skips the rest; set back again, it fires nothing twice', async () => {
  const ledger = running()
  await ledger.add({ cron: '0 * * * *', overlap: 'allow' })
  ledger.clock.set(days(1))
  await ledger.pass(60_000)
  assert.equal(await ledger.outcomes(), ['11-03T01:00 missed ×23', '11-04T00:00 fired at 11-04T00:00:30'])
  ledger.clock.set(-days(1))
  await ledger.pass(days(1) - 60_000)
  assert.is((await ledger.outcomes()).length, 2)
  await ledger.pass(hourMs + 60_000)
  assert.is((await ledger.outcomes()).at(-1), '11-04T01:00 fired at 11-04T01:00:00')
  await ledger.scheduler.close()
})

test('a clock that goes an hour on and back, ten times over, fires every instant once', async () => {
  const ledger = running()
  await ledger.add({ cron: '*/10 * * * *', overlap: 'allow' })
  for (let round = 0; round < 10; round += 1) {
    ledger.clock.set(hourMs)
    await ledger.pass(60_000)
    ledger.clock.set(-hourMs)
    await ledger.pass(60_000)
  }
  await ledger.pass(2 * hourMs)
  const fired = (await ledger.outcomes()).filter((line) => line.includes('fired'))
  assert.is(new Set(fired.map((line) => line.slice(0, 11))).size, fired.length)
  await ledger.scheduler.close()
})

test('a host that stood still for ten minutes loses no instant', async () => {
  const ledger = running()
  await ledger.add({ cron: '0 2 * * *' })
  await ledger.pass(2 * hourMs - 60_000)
  // Nothing of the loop runs meanwhile: time passes in one step.
  ledger.clock.advance(600_000)
  await ledger.scheduler.look()
  const [line, ...more] = await ledger.outcomes()
  assert.match(line ?? '', /^11-03T02:00 fired/)
  assert.equal(more, [])
  await ledger.scheduler.close()
})

test('what was missed while no host was there is accounted for when one comes', async () => {
  const log = store()
  const first = running(log)
  await first.add(nightly)
  await first.pass(3 * hourMs)
  await first.scheduler.close()
  const clock = virtualClock('2026-11-10T12:00:00.000Z')
  const second = running(log, clock, first.submitter.state())
  await second.scheduler.look()
  const expected = ['11-03T02:00 fired at 11-03T02:00:00', '11-04T02:00 missed ×6', '11-10T02:00 fired at 11-10T12:00:00']
  assert.equal(await second.outcomes(), expected)
  await second.scheduler.close()
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
