import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Count, closed, closedFieldsOf, decodeWith, oneOf, type Problem, Text } from './index.js'

const Inner = closed('an inner', { count: Count }, { note: Text })
const Outer = closed('an outer', { names: t.readonlyArray(Text) }, { inner: Inner, list: t.readonlyArray(Inner) })
const problems = (input: unknown): ReadonlyArray<Problem> => {
  const decoded = decodeWith(Outer, input)
  return E.isLeft(decoded) ? decoded.left : []
}

test('what fits is given back as it came', () => {
  const whole = { names: ['a'], inner: { count: 0, note: 'x' }, list: [{ count: 1 }] }
  assert.equal(decodeWith(Outer, whole), E.right(whole))
  assert.equal(decodeWith(Outer, { names: [] }), E.right({ names: [] }))
})

test('a missing field is named with what was expected', () => {
  assert.equal(problems({}), [{ path: 'names', message: 'expected ReadonlyArray<a text of 1 to 4096 characters>, got nothing' }])
})

test('a field of a wrong type is named at whatever depth it stands', () => {
  assert.equal(problems({ names: ['a', 5], inner: { count: -1 }, list: [{ count: 1 }, { count: 'x' }] }), [
    { path: 'names.1', message: 'expected a text of 1 to 4096 characters, got 5' },
    { path: 'inner.count', message: 'expected a whole number from 0, got -1' },
    { path: 'list.1.count', message: 'expected a whole number from 0, got "x"' },
  ])
})

test('an unknown field is named at whatever depth it stands, beside the wrong ones', () => {
  assert.equal(problems({ names: [], bogus: 1, inner: { count: 'x', more: true } }), [
    { path: 'inner.count', message: 'expected a whole number from 0, got "x"' },
    { path: 'inner.more', message: 'expected no such field, got true' },
    { path: 'bogus', message: 'expected no such field, got 1' },
  ])
})

test('a field called __proto__ or constructor is as unknown as any other', () => {
  assert.equal(
    problems(JSON.parse('{ "names": [], "__proto__": {}, "constructor": 1 }')).map((problem) => problem.path),
    ['__proto__', 'constructor'],
  )
})

test('what is no object is told so by name, without a list of fields', () => {
  for (const input of [5, null, 'text', ['a']])
    assert.equal(problems(input), [{ path: '', message: `expected an outer, got ${JSON.stringify(input)}` }])
  assert.equal(problems(undefined), [{ path: '', message: 'expected an outer, got nothing' }])
})

test('the guard agrees with the decoder', () => {
  assert.ok(Outer.is({ names: ['a'], inner: { count: 0 } }))
  assert.not(Outer.is({ names: ['a'], inner: { count: 0, more: 1 } }))
  assert.not(Outer.is({ names: ['a'], bogus: 1 }))
  assert.not(Outer.is([]))
})

test('the fields of a closed codec can be asked for by whoever describes it', () => {
  assert.equal(Object.keys(closedFieldsOf(Outer)?.required ?? {}), ['names'])
  assert.equal(Object.keys(closedFieldsOf(Outer)?.optional ?? {}), ['inner', 'list'])
  assert.is(closedFieldsOf(Text), null)
})

test('a long value is cut in the message', () => {
  const [problem] = problems({ names: 'x'.repeat(200) })
  assert.ok((problem?.message.length ?? 999) < 160)
  assert.match(problem?.message ?? '', /…$/)
})

const Ref = oneOf('a reference', [closed('an env', { env: Text }, {}), closed('a file', { file: Text }, { line: Count })])
const refProblems = (input: unknown): ReadonlyArray<Problem> => {
  const decoded = decodeWith(closed('a holder', { ref: Ref }, {}), { ref: input })
  return E.isLeft(decoded) ? decoded.left : []
}

test('a wrong member of a union is told of as the member that it was meant to be', () => {
  assert.equal(refProblems({ file: 1 }), [{ path: 'ref.file', message: 'expected a text of 1 to 4096 characters, got 1' }])
  assert.equal(refProblems({ file: '/x', line: -1 }), [{ path: 'ref.line', message: 'expected a whole number from 0, got -1' }])
})

test('what is like no member of a union is told the name of the union', () => {
  assert.equal(refProblems(7), [{ path: 'ref', message: 'expected a reference, got 7' }])
})

test.run()
