import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { systemClock } from './clock.js'

const iso = (ms: number): string => new Date(ms).toISOString()
const rung = (instant: string): Promise<number> => new Promise((resolve) => void systemClock.at(instant, () => resolve(Date.now())))

test('an alarm rings when its instant has come, and at once when that is past', async () => {
  const dueMs = Date.now() + 30
  assert.ok((await rung(iso(dueMs))) >= dueMs)
  const beforeMs = Date.now()
  assert.ok((await rung('2020-01-01T00:00:00.000Z')) - beforeMs < 10_000)
})

test('a cancelled alarm does not ring', async () => {
  let rang = false
  systemClock.at(iso(Date.now() + 10), () => (rang = true)).cancel()
  systemClock.at('2020-01-01T00:00:00.000Z', () => (rang = true)).cancel()
  await rung(iso(Date.now() + 40))
  assert.not(rang)
})

test.run()
