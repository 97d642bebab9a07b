import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { column } from './column.js'

test('a number is found in its row and in no other, however far apart they are', () => {
  const numbers = column()
  const rows = [0, 1, 8_191, 8_192, 100_000]
  for (const row of rows) numbers.set(row, -row)
  assert.equal(
    rows.map((row) => numbers.get(row)),
    rows.map((row) => -row),
  )
  assert.equal(
    [-1, 2, 8_190, 8_193, 99_999, 100_001, 1e9, Number.NaN].map((row) => numbers.get(row)),
    Array(8).fill(undefined),
  )
})

test('the last number of a row holds, and may be 0', () => {
  const numbers = column()
  numbers.set(3, 7)
  numbers.set(3, 0)
  assert.is(numbers.get(3), 0)
})

test('what would be lost is refused', () => {
  for (const [row, value] of [
    [0, Number.NaN],
    [-1, 1],
    [Number.NaN, 1],
  ] as const)
    assert.throws(
      () => column().set(row, value),
      (error: unknown) => error instanceof RangeError,
    )
})

test.run()
