import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { byteRangeOf } from './byte-range.js'

test('a range is inclusive at both ends and cut at the size', () => {
  assert.equal(byteRangeOf('bytes=0-3', 10), { start: 0, end: 4 })
  assert.equal(byteRangeOf('bytes=8-99', 10), { start: 8, end: 10 })
  assert.equal(byteRangeOf('bytes=4-', 10), { start: 4, end: 10 })
})

test('a suffix is the last bytes, all of them when there are fewer', () => {
  assert.equal(byteRangeOf('bytes=-3', 10), { start: 7, end: 10 })
  assert.equal(byteRangeOf('bytes=-30', 10), { start: 0, end: 10 })
})

test('a range behind the end is outside, and so is any range of nothing', () => {
  assert.is(byteRangeOf('bytes=10-', 10), 'outside')
  assert.is(byteRangeOf('bytes=-0', 10), 'outside')
  assert.is(byteRangeOf('bytes=0-', 0), 'outside')
  assert.is(byteRangeOf('bytes=-5', 0), 'outside')
})

test('what is not one range of bytes is passed over', () => {
  for (const header of [undefined, '', 'lines=1-2', 'bytes=', 'bytes=-', 'bytes=3-2', 'bytes=0-1,4-5', 'bytes=a-b']) {
    assert.is(byteRangeOf(header, 10), 'none', header)
  }
})

test.run()
