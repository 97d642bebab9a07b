import { Count, closed, Id, Instant, nullable, oneOf, refined } from '@borgledger/domain'
import * as t from 'io-ts'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { schemaOf } from './schema-of.js'

const Item = closed('an item', { id: Id }, { count: Count })
const plain = (codec: t.Mixed) => schemaOf(codec, new Map())
const item = {
  type: 'object',
  properties: { id: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }, count: { type: 'integer', minimum: 0 } },
  required: ['id'],
  additionalProperties: false,
}

test('a closed object says its fields, which of them are needed, and that there are no others', () => {
  assert.equal(plain(Item), item)
})

test('an open object says its fields, and an intersection its parts', () => {
  const part = { type: 'object', properties: { b: { type: 'boolean' } } }
  const whole = { type: 'object', properties: { a: { type: 'null' } }, required: ['a'] }
  assert.equal(plain(t.intersection([t.type({ a: t.null }), t.partial({ b: t.boolean })])), { allOf: [whole, part] })
})

test('lists, dictionaries, choices and literals are what they are', () => {
  assert.equal(plain(t.readonlyArray(t.string)), { type: 'array', items: { type: 'string' } })
  assert.equal(plain(t.record(t.string, t.number)), { type: 'object', additionalProperties: { type: 'number' } })
  assert.equal(plain(t.keyof({ a: null, b: null })), { enum: ['a', 'b'] })
  assert.equal(plain(oneOf('one', [t.literal(1), t.literal(true)])), { anyOf: [{ const: 1 }, { const: true }] })
  assert.equal(plain(nullable(Instant)), { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] })
})

test('a record with a name is referred to by it, wherever it stands', () => {
  const named = new Map<t.Mixed, string>([[Item, 'Item']])
  assert.equal(schemaOf(t.readonlyArray(Item), named), { type: 'array', items: { $ref: '#/components/schemas/Item' } })
})

test('a rule that no schema says is said in words, and refuses nothing', () => {
  assert.equal(plain(refined(t.string, 'a palindrome', () => true)), { description: 'a palindrome' })
})

test.run()
