import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { wholeLinesOf } from './whole-lines.js'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const textOf = (cut: Uint8Array): string => Buffer.from(cut).toString()

test('it is cut behind the last line end', () => {
  assert.is(textOf(wholeLinesOf(bytes('one\ntwo\nthr'), { full: false, last: false })), 'one\ntwo\n')
})

test('half a line waits for its other half, unless nothing follows', () => {
  assert.is(textOf(wholeLinesOf(bytes('hal'), { full: false, last: false })), '')
  assert.is(textOf(wholeLinesOf(bytes('hal'), { full: false, last: true })), 'hal')
})

test('a line longer than the slice is told in pieces that tear no character', () => {
  void fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }), fc.integer({ min: 4, max: 12 }), (line, size) => {
      const text = line.replaceAll('\n', '·')
      const all = bytes(text)
      const pieces: string[] = []
      for (let at = 0; at < all.length; ) {
        const slice = all.subarray(at, at + size)
        const cut = wholeLinesOf(slice, { full: slice.length === size, last: at + size >= all.length })
        assert.ok(cut.length > 0, 'something is always told')
        pieces.push(textOf(cut))
        at += cut.length
      }
      assert.is(pieces.join(''), text)
    }),
    { seed: 20261123, numRuns: 300 },
  )
})

test.run()
