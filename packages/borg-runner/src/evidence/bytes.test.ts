/** Sizes in borg's words. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bytesOf } from './bytes.js'

const sizes = [
  ['594 B', 594],
  ['3.94 kB', 3_940],
  ['89.70 MB', 89_700_000],
  ['1.25 TB', 1_250_000_000_000],
  ['1.50 KiB', 1_536],
  ['-2.00 kB', 0],
  ['some', null],
] as const

for (const [words, bytes] of sizes)
  test(`${words} is ${bytes}`, () => {
    assert.is(bytesOf(words), bytes)
  })

test.run()
