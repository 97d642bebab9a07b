/**
 * Changes of the clocks in more than thirty zones: what is due is what the golden file says, and what a walk over every minute finds.
 *
 * The years of the golden file are past, so that no government can change them.
 */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { everyHourAt, fixedTimes, wallsOf } from './fixtures/brute-force.js'
import { instantsAfter } from './instants.js'

const lines = readFileSync(new URL('./fixtures/clock-changes.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const cases = lines.map((line) => {
  const [timeZone = '', cron = '', from = '', instants = ''] = line.split('\t')
  return { timeZone, cron, fromMs: Date.parse(`${from}Z`), golden: instants.split(' ') }
})
const windowMs = 4 * 86_400_000

const between = (cron: string, timeZone: string, fromMs: number): ReadonlyArray<number> => {
  const found: number[] = []
  for (const dueMs of instantsAfter({ cron, timeZone }, fromMs - 1)) {
    if (dueMs >= fromMs + windowMs) break
    found.push(dueMs)
  }
  return found
}

const minutes = (instants: ReadonlyArray<number>): ReadonlyArray<string> => instants.map((ms) => new Date(ms).toISOString().slice(0, 16))

/** Of the fixed times of the golden file. */
const timesOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  '30 2 * * *': ['02:30'],
  '0 0 * * *': ['00:00'],
  '15,45 1 * * *': ['01:15', '01:45'],
}

for (const zone of new Set(cases.map(({ timeZone }) => timeZone))) {
  test(`${zone}: no fixed time is lost or comes twice, and an interval keeps its cadence`, () => {
    for (const { timeZone, cron, fromMs, golden } of cases.filter((line) => line.timeZone === zone)) {
      const walls = wallsOf(timeZone, fromMs, fromMs + windowMs)
      assert.equal(minutes(between(cron, timeZone, fromMs)), golden, `${cron} from ${minutes([fromMs])}`)
      assert.equal(minutes(fixedTimes(walls, timesOf[cron] ?? [])), golden, 'the golden file itself')
      assert.equal(between('*/15 * * * *', timeZone, fromMs), everyHourAt(walls, ['00', '15', '30', '45']))
      assert.equal(between('20 * * * *', timeZone, fromMs), everyHourAt(walls, ['20']))
    }
  })
}

test('the golden file holds thirty zones and more, the strange ones among them', () => {
  const zones = new Set(cases.map(({ timeZone }) => timeZone))
  assert.ok(zones.size >= 30)
  for (const strange of ['Australia/Lord_Howe', 'America/Santiago', 'Africa/Cairo', 'Pacific/Apia', 'Antarctica/Troll'])
    assert.ok(zones.has(strange), strange)
})

test.run()
