/** Events as released versions stored them. Lines are added for new shapes and never edited: they must be readable for ever. */
import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { eventTypes, eventVersion, fromStored, toStored } from './event.js'
import type { StoredShape } from './upcast.js'

const folder = new URL('./fixtures/', import.meta.url)
const golden = readdirSync(folder)
  .filter((file) => /^golden-v\d+\.jsonl$/.test(file))
  .map((file) => ({
    file,
    version: Number(/\d+/.exec(file)?.[0]),
    lines: readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n'),
  }))

test('there is a golden file of every version from the first to that of today', () => {
  assert.equal(
    golden.map(({ version }) => version).sort((a, b) => a - b),
    Array.from({ length: eventVersion }, (_, index) => index + 1),
  )
})

for (const { file, lines } of golden) {
  test(`${file}: every line is read`, () => {
    for (const [index, line] of lines.entries()) {
      const decoded = fromStored(JSON.parse(line) as StoredShape)
      assert.ok(E.isRight(decoded), `line ${index + 1}: ${E.isLeft(decoded) ? decoded.left : ''}`)
    }
  })
}

const newest = golden.find(({ version }) => version === eventVersion)?.lines.map((line) => JSON.parse(line) as StoredShape) ?? []

test("the lines of today's version are what would be stored today", () => {
  for (const [index, shape] of newest.entries()) {
    const decoded = fromStored(shape)
    assert.ok(E.isRight(decoded) && isDeepStrictEqual(toStored(decoded.right), shape), `line ${index + 1}`)
  }
})

test('every type of event that there is today is in the newest file', () => {
  const missing = eventTypes.filter((type) => !newest.some((shape) => shape.type === type))
  assert.equal(missing, [], 'store a sample of the new type and add its line')
})

test.run()
