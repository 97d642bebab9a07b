import { propertySettings } from '@borgledger/testkit'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { instantsAfter, preview } from './instants.js'
import { cronProblem } from './pattern.js'
import { timeZoneProblem } from './zone.js'

const next = (cron: string, timeZone: string, after: string, count = 3): ReadonlyArray<string> =>
  preview({ cron, timeZone }, `${after}:00.000Z`, count).map((instant) => instant.slice(0, 19))

test('five fields are minutes first; with six, seconds come first', () => {
  assert.equal(next('*/20 * * * *', 'UTC', '2026-11-03T02:13'), ['2026-11-03T02:20:00', '2026-11-03T02:40:00', '2026-11-03T03:00:00'])
  assert.equal(next('*/20 * * * * *', 'UTC', '2026-11-03T02:13'), ['2026-11-03T02:13:20', '2026-11-03T02:13:40', '2026-11-03T02:14:00'])
})

test('the instant that is asked from is not one of the next', () => {
  assert.equal(next('0 2 * * *', 'UTC', '2026-11-03T02:00', 1), ['2026-11-04T02:00:00'])
  assert.equal(next('0 2 * * *', 'UTC', '2026-11-03T01:59', 1), ['2026-11-03T02:00:00'])
})

test('days of the month and of the week, months and their names', () => {
  assert.equal(next('0 3 1 * *', 'UTC', '2026-11-03T02:13', 2), ['2026-12-01T03:00:00', '2027-01-01T03:00:00'])
  assert.equal(next('0 3 * * SUN', 'UTC', '2026-11-03T02:13', 2), ['2026-11-08T03:00:00', '2026-11-15T03:00:00'])
  assert.equal(next('0 3 29 FEB *', 'UTC', '2026-11-03T02:13', 2), ['2028-02-29T03:00:00', '2032-02-29T03:00:00'])
  assert.equal(next('0 3 13 * 5', 'UTC', '2026-11-03T02:13', 3), ['2026-11-06T03:00:00', '2026-11-13T03:00:00', '2026-11-20T03:00:00'])
})

test('a fixed time in the gap of the clocks is due when the gap ends; several such times are due once', () => {
  assert.equal(next('30 2 * * *', 'America/New_York', '2026-03-07T12:00', 2), ['2026-03-08T07:00:00', '2026-03-09T06:30:00'])
  assert.equal(next('*/15 2 * * *', 'America/New_York', '2026-03-07T12:00', 2), ['2026-03-08T07:00:00', '2026-03-09T06:00:00'])
  assert.equal(next('30 2,3 * * *', 'America/New_York', '2026-03-07T12:00', 2), ['2026-03-08T07:00:00', '2026-03-08T07:30:00'])
  assert.equal(next('0 2,3 * * *', 'America/New_York', '2026-03-07T12:00', 2), ['2026-03-08T07:00:00', '2026-03-09T06:00:00'])
})

test('a fixed time that the clocks show twice is due the first time, an interval goes through', () => {
  assert.equal(next('30 1 * * *', 'America/New_York', '2026-10-31T12:00', 2), ['2026-11-01T05:30:00', '2026-11-02T06:30:00'])
  const halfHours = preview({ cron: '*/30 * * * *', timeZone: 'America/New_York' }, '2026-11-01T04:00:00.000Z', 48).map(Date.parse)
  assert.ok(halfHours.slice(1).every((ms, index) => ms - (halfHours[index] ?? 0) === 1_800_000))
})

test('what comes after an instant does not depend on where one begins to look', () => {
  const rhythm = fc.record({
    cron: fc.constantFrom('30 2 * * *', '*/15 * * * *', '0 */6 * * *', '15,45 1 * * 1-5', '0 0 1 * *', '10 30 2 * * *'),
    timeZone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Antarctica/Troll', 'America/Havana'),
  })
  const anyMs = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2024, 0, 1) })
  fc.assert(
    fc.property(rhythm, anyMs, (rhythm, fromMs) => {
      const all: number[] = []
      for (const dueMs of instantsAfter(rhythm, fromMs)) if (all.push(dueMs) >= 12) break
      for (const [index, dueMs] of all.slice(0, -1).entries()) {
        assert.ok(dueMs > fromMs && dueMs < (all[index + 1] ?? 0))
        for (const beginMs of [dueMs, (all[index + 1] ?? 0) - 1]) assert.is(instantsAfter(rhythm, beginMs).next().value, all[index + 1])
      }
    }),
    propertySettings(200),
  )
})

test('what is no cron expression is told so, and why', () => {
  for (const wrong of ['', '* * *', '60 * * * *', '* * * * * * *', '@daily', 'a b c d e', '* 24 * * *', '*/90 * * * *', '5/15 * * * *'])
    assert.match(cronProblem(wrong) ?? '', /^expected a cron expression/, wrong)
  assert.match(cronProblem('0 0 31 2 *') ?? '', 'that comes due some day')
  for (const right of ['0 2 * * *', ' 0  2 * * * ', '*/10 0 2 * * MON-FRI', '0 0 29 2 *', '0 0 L * *'])
    assert.is(cronProblem(right), null, right)
})

test('what is no time zone is told so', () => {
  for (const wrong of ['', 'Europe/Atlantis', '+02:00', 'CEST+1']) assert.match(timeZoneProblem(wrong) ?? '', 'expected a time zone', wrong)
  for (const right of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']) assert.is(timeZoneProblem(right), null, right)
})

test.run()
