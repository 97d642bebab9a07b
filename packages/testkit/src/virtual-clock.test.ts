import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { virtualClock } from './index.js'

const start = '2026-11-03T02:13:00.000Z'

test('time stands still until it is advanced', () => {
  const clock = virtualClock(start)
  assert.is(clock.now(), start)
  clock.advance(1_500)
  assert.is(clock.now(), '2026-11-03T02:13:01.500Z')
})

test('wakes are called in the order of their instants, each at its own', () => {
  const clock = virtualClock(start)
  const heard: string[] = []
  clock.after(200, () => heard.push(`b ${clock.now()}`))
  clock.after(100, () => heard.push(`a ${clock.now()}`))
  clock.after(200, () => heard.push(`c ${clock.now()}`))
  clock.advance(199)
  assert.equal(heard, ['a 2026-11-03T02:13:00.100Z'])
  clock.advance(1)
  assert.equal(heard.slice(1), ['b 2026-11-03T02:13:00.200Z', 'c 2026-11-03T02:13:00.200Z'])
})

test('a wake that asks for another within the same stretch gets it', () => {
  const clock = virtualClock(start)
  let count = 0
  const again = (): void => {
    count += 1
    clock.after(10, again)
  }
  clock.after(10, again)
  clock.advance(35)
  assert.is(count, 3)
  assert.equal(clock.waiting(), ['2026-11-03T02:13:00.040Z'])
})

test('a cancelled wake is not called, and is called once at most', () => {
  const clock = virtualClock(start)
  let count = 0
  clock.after(10, () => (count += 1)).cancel()
  const once = clock.after(10, () => (count += 1))
  clock.advance(100)
  once.cancel()
  clock.advance(100)
  assert.is(count, 1)
  assert.equal(clock.waiting(), [])
})

test('a clock is not turned back', () => {
  assert.throws(() => virtualClock(start).advance(-1), /forward only/)
  assert.throws(() => virtualClock('yesterday'), /not an instant/)
})

test('a clock that is set shows another time, and what waits for a delay waits no less', () => {
  const clock = virtualClock(start)
  const called: string[] = []
  clock.after(1_000, () => called.push(clock.now()))
  clock.set(3_600_000)
  assert.equal(called, [])
  clock.advance(1_000)
  assert.equal(called, ['2026-11-03T03:13:01.000Z'])
})

test('who waits for an instant is called when the clock shows it, though it was set back meanwhile', () => {
  const clock = virtualClock(start)
  const called: string[] = []
  clock.at('2026-11-03T02:13:10.000Z', () => called.push(clock.now()))
  clock.at('2026-11-03T02:13:10.000Z', () => called.push('cancelled')).cancel()
  clock.set(-5_000)
  clock.advance(10_000)
  assert.equal(called, [])
  clock.advance(5_000)
  assert.equal(called, ['2026-11-03T02:13:10.000Z'])
  clock.at('2020-01-01T00:00:00.000Z', () => called.push('past'))
  clock.advance(0)
  assert.is(called.at(-1), 'past')
})

test.run()
