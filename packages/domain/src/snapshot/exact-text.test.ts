import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fromExactText, toExactText } from './exact-text.js'

/** What a state may hold, names and keys that look like ours among it. */
const { value: anyValue } = fc.letrec((tie) => {
  const name = fc.oneof(fc.constantFrom('#map', '##map', '#', 'map', '__proto__x'), fc.string())
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
  )
  const items = fc.array(tie('value'), { maxLength: 4 })
  const fields = fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))
  const map = fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries))
  return { value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, items, fields, map) }
})

test('every value comes back as it was', () => {
  void fc.assert(
    fc.property(anyValue, (value) => {
      const back = fromExactText(toExactText(value))
      assert.equal(back, E.right(value))
      assert.is(toExactText(E.isRight(back) ? back.right : null), toExactText(value))
    }),
    { seed: 20261123, numRuns: 500 },
  )
})

test('the order of fields and of maps is kept, and an undefined field is none', () => {
  assert.is(
    toExactText({
      b: 1,
      a: undefined,
      c: new Map([
        ['z', 1],
        ['y', 2],
      ]),
    }),
    '{"b":1,"c":{"#map":[["z",1],["y",2]]}}',
  )
})

test('what cannot be said is thrown, rather than left out', () => {
  for (const odd of [undefined, [undefined], new Map([['a', undefined]]), Number.NaN, Infinity, new Date(), new Set(), () => 1, 1n])
    assert.throws(() => toExactText(odd), /a state cannot hold/)
})

test('a text that says something else is refused', () => {
  for (const text of ['', '{', '{"#set":[]}', '{"#map":1}', '{"#map":[[1]]}', '{"#map":[],"a":1}', '{"#map":[["a",1],["a",2]]}'])
    assert.ok(E.isLeft(fromExactText(text)), text)
})

test.run()
