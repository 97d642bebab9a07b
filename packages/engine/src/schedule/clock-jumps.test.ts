import { virtualClock } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { days, hourMs, nightly, running, store } from '../fixtures/running-scheduler.js'

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

test.run()
